package kerava.report;

import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.train.Evaluation;
import org.tensorflow.ndarray.Shape;

/**
 * What a trained model made of the samples it was tested on.
 *
 * @param samples what it was tested on; labels are class numbers, or one-hot targets
 * @param predictions what the model said to the first of them, FLOAT32 of shape (samples, classes),
 *     or (samples, 1) for two classes: probabilities, or else logits
 * @param evaluation what it reached on all of them
 */
public record TestRun(Dataset samples, Array predictions, Evaluation evaluation) {
  /**
   * A test run.
   *
   * @throws IllegalArgumentException if the predictions have another shape, are more than the
   *     samples, or hold a number that is not finite
   */
  public TestRun {
    Shape shape = predictions.shape();
    boolean fits =
        predictions.type() == Array.Type.FLOAT32
            && shape.numDimensions() == 2
            && shape.get(0) >= 1
            && shape.get(0) <= samples.size()
            && shape.get(1) >= 1;
    if (!fits) {
      throw new IllegalArgumentException(
          "TestRun: expected predictions of type FLOAT32 and shape (1 to %d samples, classes), got %s."
              .formatted(samples.size(), predictions));
    }
    float[] values = predictions.floats();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "TestRun: expected finite predictions, got %s for sample %d. Did the loss become NaN?"
                .formatted(values[i], i / shape.get(1)));
      }
    }
  }
}
