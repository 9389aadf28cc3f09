package kerava.train.graph;

import kerava.Labels;
import kerava.Model;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Where data enters a training graph.
 *
 * @param pixels the inputs
 * @param labels class numbers or targets
 * @param sampleWeights one number a sample, or the scalar 1 if not fed
 */
record Placeholders(PixelInput pixels, Labels labels, Operand<TFloat32> sampleWeights) {
  static Placeholders add(Ops tf, Model model, Labels.Kind kind) {
    Operand<TFloat32> weights =
        tf.withName("sample_weights").placeholderWithDefault(tf.constant(1f), Shape.unknown());
    return new Placeholders(
        PixelInput.add(tf, model.inputShape(), model.preprocessing().scaling()),
        labels(tf.withName("labels"), model, kind),
        weights);
  }

  /** The inputs as the model sees them. */
  Operand<TFloat32> inputs() {
    return pixels.inputs();
  }

  private static Labels labels(Ops tf, Model model, Labels.Kind kind) {
    return switch (kind) {
      case CLASSES ->
          Labels.classes(
              tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE))));
      case TARGETS ->
          Labels.targets(tf.placeholder(TFloat32.class, Placeholder.shape(model.outputShape())));
    };
  }
}
