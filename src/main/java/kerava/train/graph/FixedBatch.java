package kerava.train.graph;

import java.util.OptionalInt;
import kerava.KeepsState;
import kerava.Model;
import kerava.config.Visible;
import org.tensorflow.ndarray.Shape;

/**
 * How many samples a model takes at once, if it takes no other number of them.
 *
 * @param model its name, for messages
 * @param size the number, if it is fixed
 * @param ordered whether batches must be computed one after the other, since states go on
 */
public record FixedBatch(String model, OptionalInt size, boolean ordered) {
  /** What holds for a model. */
  public static FixedBatch of(Model model) {
    OptionalInt size =
        model.inputShapes().stream()
            .mapToLong(shape -> shape.get(0))
            .filter(first -> first != Shape.UNKNOWN_SIZE)
            .mapToInt(Math::toIntExact)
            .findFirst();
    return new FixedBatch(model.name(), size, KeepsState.in(model));
  }

  /**
   * Samples in such batches.
   *
   * @throws IllegalArgumentException if they do not fill them
   */
  public BatchInference.Samples of(BatchInference.Samples samples) {
    size.ifPresent(wanted -> require(wanted, samples.count()));
    BatchInference.Samples batches =
        size.isPresent() ? samples.inBatches(size.getAsInt()) : samples;
    return ordered ? batches.inOrder() : batches;
  }

  /**
   * Refuses a training in other batches.
   *
   * @param batchSize of the training
   * @param samples how many there are
   */
  public void require(int batchSize, int samples) {
    int wanted = size.orElse(batchSize);
    if (batchSize != wanted) {
      throw refused("a batch size of " + wanted, batchSize);
    }
    if (size.isPresent() && samples % wanted != 0) {
      throw refused("a multiple of " + wanted + " samples", samples);
    }
  }

  private IllegalArgumentException refused(String expected, int got) {
    return new IllegalArgumentException(
        Visible.of(
            "Model \"%s\": expected %s, since its batches are of a fixed size, got %d."
                .formatted(model, expected, got)));
  }
}
