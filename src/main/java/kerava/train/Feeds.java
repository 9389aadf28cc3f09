package kerava.train;

import kerava.Labels;
import kerava.Model;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Where data enters a training graph.
 *
 * @param pixels inputs as bytes, (batch, ...)
 * @param divisor what bytes are divided by, a scalar
 * @param inputs inputs as the model sees them; fed instead of the bytes where data are floats
 * @param labels class numbers or targets
 * @param sampleWeights one number a sample, or the scalar 1 if not fed
 */
record Feeds(
    Operand<TUint8> pixels,
    Operand<TFloat32> divisor,
    Operand<TFloat32> inputs,
    Labels labels,
    Operand<TFloat32> sampleWeights) {

  static Feeds add(Ops tf, Model model, Labels.Kind kind) {
    Shape shape = model.inputShape();
    Operand<TUint8> pixels =
        tf.withName("pixels").placeholder(TUint8.class, Placeholder.shape(shape));
    Operand<TFloat32> divisor =
        tf.withName("divisor").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    // The division stays in the graph, so that a byte travels where a float would.
    Operand<TFloat32> inputs =
        tf.withName("inputs").math.div(tf.dtypes.cast(pixels, TFloat32.class), divisor);
    Operand<TFloat32> weights =
        tf.withName("sample_weights").placeholderWithDefault(tf.constant(1f), Shape.unknown());
    return new Feeds(pixels, divisor, inputs, labels(tf.withName("labels"), model, kind), weights);
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
