package kerava.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kerava.ClassScores;
import kerava.Model;
import kerava.Prediction;
import kerava.StoredModel;
import kerava.graph.Array;
import kerava.graph.Rows;
import kerava.images.Preprocessing;
import org.tensorflow.ndarray.Shape;

/**
 * The outputs of a model that tells classes apart, as predictions of classes.
 *
 * @param stored the model, with the names of its classes
 */
record ClassPredictions(StoredModel stored) {
  /**
   * How images become inputs of the model.
   *
   * @throws IllegalArgumentException if it takes no images or gives no scores of classes
   */
  Preprocessing preprocessing() {
    Model model = stored.model();
    Shape output = model.outputShape();
    if (!model.takesImages() || output.numDimensions() != 2) {
      throw new IllegalArgumentException(
          "Predictor classify: expected a model from images to scores of classes, got one from "
              + model.inputShape()
              + " to "
              + output
              + ".");
    }
    if (model.preprocessing().size().isEmpty()) {
      throw new IllegalArgumentException(
          "Predictor classify: expected a model with a size of images, got one of any size."
              + " model.withPreprocessing(Preprocessing.of(height, width)) says one.");
    }
    return model.preprocessing();
  }

  /**
   * What outputs mean.
   *
   * @param outputs of shape (batch, classes)
   */
  List<Prediction> predictions(Array outputs) {
    ClassScores meaning = ClassScores.of(stored.model());
    int width = Math.toIntExact(outputs.shape().get(1));
    boolean tells = stored.tellsClasses(width);
    return IntStream.range(0, Rows.count(outputs))
        .mapToObj(i -> Arrays.copyOfRange(outputs.floats(), i * width, (i + 1) * width))
        .map(row -> meaning.prediction(row, stored.card().classNames(), tells))
        .toList();
  }
}
