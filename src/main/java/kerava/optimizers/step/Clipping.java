package kerava.optimizers.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.Optimizer;
import kerava.config.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Makes gradients small, in the way that an optimizer's config asks for. */
record Clipping(Ops tf, Config config) {
  List<Gradient> apply(List<Gradient> gradients) {
    Optional<Double> norm = config.get(Optimizer.CLIPNORM);
    Optional<Double> global = config.get(Optimizer.GLOBAL_CLIPNORM);
    Optional<Double> value = config.get(Optimizer.CLIPVALUE);
    if (norm.isPresent()) {
      return gradients.stream().map(gradient -> toNorm(gradient, number(norm.get()))).toList();
    }
    if (global.isPresent()) {
      return toGlobalNorm(gradients, number(global.get()));
    }
    if (value.isPresent()) {
      Operand<TFloat32> most = number(value.get());
      return gradients.stream()
          .map(each -> each.map(g -> tf.clipByValue(g, tf.math.neg(most), most)))
          .toList();
    }
    return gradients;
  }

  private Gradient toNorm(Gradient gradient, Operand<TFloat32> most) {
    Operand<TFloat32> norm = norm(List.of(gradient));
    return gradient.map(
        values -> tf.math.div(tf.math.mul(values, most), tf.math.maximum(norm, most)));
  }

  private List<Gradient> toGlobalNorm(List<Gradient> gradients, Operand<TFloat32> most) {
    Operand<TFloat32> norm = norm(gradients);
    Operand<TFloat32> one = number(1);
    Operand<TFloat32> finite =
        tf.math.mul(most, tf.math.minimum(tf.math.div(one, norm), tf.math.div(one, most)));
    // An infinite norm must not turn into a scale of 0, which would hide it.
    Operand<TFloat32> scale = tf.math.add(finite, tf.math.sub(norm, norm));
    // Keras adds up the gradients of single rows here, and in no other way of clipping.
    return gradients.stream()
        .map(each -> Gradient.whole(tf.math.mul(each.whole(tf), scale), each.shape()))
        .toList();
  }

  private Operand<TFloat32> norm(List<Gradient> gradients) {
    List<Operand<TFloat32>> halves = new ArrayList<>();
    gradients.forEach(gradient -> halves.add(tf.nn.l2Loss(gradient.values())));
    return tf.math.sqrt(tf.math.mul(tf.math.addN(halves), number(2)));
  }

  private Operand<TFloat32> number(double value) {
    return tf.constant((float) value);
  }
}
