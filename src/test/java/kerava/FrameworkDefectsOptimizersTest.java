package kerava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.framework.losses.SparseCategoricalCrossentropy;
import org.tensorflow.framework.metrics.CategoricalAccuracy;
import org.tensorflow.framework.optimizers.Adam;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Why Kerava has optimizers, metrics and a sparse cross-entropy of its own: what
 * tensorflow-framework 1.0.0 gets wrong. A failure here is good news from an upgrade.
 */
final class FrameworkDefectsOptimizersTest {
  /** The first step of Adam is as long as the learning rate; the framework's is half as long. */
  @Test
  void adamStepsTooShort() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> weight = tf.variable(tf.constant(1f));
      Operand<TFloat32> loss = tf.math.mul(weight, tf.constant(3f));
      Op step = new Adam(graph, 0.1f).minimize(loss);
      try (Session session = new Session(graph)) {
        session.initialize();
        session.runner().addTarget(step.op()).run().close();
        try (Result result = session.runner().fetch(weight).run()) {
          assertEquals(0.0526, 1 - ((TFloat32) result.get(0)).getFloat(), 1e-3);
        }
      }
    }
  }

  @Test
  void sparseCategoricalCrossentropyHasNoGradient() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> logits = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(4, 3)));
      Operand<TInt32> classes = tf.constant(new int[] {0, 1, 2, 0});
      Operand<TFloat32> loss = new SparseCategoricalCrossentropy(true).call(tf, classes, logits);
      Exception refusal =
          assertThrows(Exception.class, () -> graph.addGradients(loss.asOutput(), array(logits)));
      assertTrue(
          refusal.getMessage().contains("SparseSoftmaxCrossEntropyWithLogits"),
          refusal.getMessage());
    }
  }

  private static org.tensorflow.Output<?>[] array(Operand<TFloat32> operand) {
    return new org.tensorflow.Output<?>[] {operand.asOutput()};
  }

  @Test
  void accuracyCountsMinusOneSamples() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Shape shape = Shape.of(Shape.UNKNOWN_SIZE, 2);
      Operand<TFloat32> labels = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      Operand<TFloat32> predictions = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      CategoricalAccuracy<TFloat32> accuracy = new CategoricalAccuracy<>(1L, TFloat32.class);
      Op update = accuracy.updateState(tf, labels, predictions);
      Operand<TFloat32> value = accuracy.result(tf, TFloat32.class);
      try (Session session = new Session(graph);
          TFloat32 oneHot = TFloat32.tensorOf(StdArrays.ndCopyOf(new float[][] {{1, 0}, {0, 1}}));
          TFloat32 scores =
              TFloat32.tensorOf(StdArrays.ndCopyOf(new float[][] {{.9f, .1f}, {.9f, .1f}}))) {
        session.initialize();
        session
            .runner()
            .feed(labels, oneHot)
            .feed(predictions, scores)
            .addTarget(update.op())
            .run()
            .close();
        try (Result result = session.runner().fetch(value).run()) {
          assertEquals(-1, ((TFloat32) result.get(0)).getFloat(), "0.5 would be right");
        }
      }
    }
  }
}
