package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.graph.Cast;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** What convolutions and dense layers do with their products. */
final class BiasAndActivation {
  private BiasAndActivation() {}

  /** The weights of a layer: its kernels and, unless it is told not to, a bias of a size. */
  static List<WeightSpec> weights(Config config, long size, WeightSpec... kernels) {
    List<WeightSpec> weights = new ArrayList<>(List.of(kernels));
    if (config.get(BiasArguments.USE_BIAS)) {
      weights.add(BiasArguments.BIAS.weight(config, "bias", Shape.of(size)));
    }
    return List.copyOf(weights);
  }

  /** Adds the bias, applies the activation, and adds the penalty on what comes out. */
  static <T extends TFloating> Operand<T> of(Scope scope, Config config, Operand<T> x) {
    boolean biased = config.get(BiasArguments.USE_BIAS);
    return activated(
        scope, config, biased ? scope.tf().nn.biasAdd(x, scope.weight("bias", x.type())) : x);
  }

  /** Applies the activation, and adds the penalty on what comes out. */
  static <T extends TFloating> Operand<T> activated(Scope scope, Config config, Operand<T> y) {
    Operand<T> z = config.get(ActivationArguments.ACTIVATION).apply(scope.tf(), y);
    config
        .get(ActivationArguments.ACTIVITY_REGULARIZER)
        .ifPresent(
            regularizer ->
                ActivityRegularization.penalize(
                    scope, regularizer, Cast.to(scope.tf(), z, TFloat32.class)));
    return z;
  }
}
