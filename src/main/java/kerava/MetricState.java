package kerava;

import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/**
 * What a metric gathers over batches: sums, each with a name and a shape.
 *
 * @param sums the sums, in the order in which a batch adds to them
 * @see <a href="https://keras.io/api/metrics/base_metric/">Keras: the state of a metric</a>
 */
public record MetricState(List<Sum> sums) {
  /**
   * Numbers that are added up, each for itself.
   *
   * @param name what Keras calls them: {@code true_positives}
   * @param shape how many there are, all dimensions known
   */
  public record Sum(String name, Shape shape) {
    int size() {
      return Math.toIntExact(shape.size());
    }
  }

  /** Keeps the sums as they are now. */
  public MetricState {
    sums = List.copyOf(sums);
  }

  /**
   * A single sum.
   *
   * @param dimensions its shape; none for a single number
   */
  public static MetricState of(String name, long... dimensions) {
    return new MetricState(List.of(new Sum(name, Shape.of(dimensions))));
  }

  /**
   * The same with a further sum.
   *
   * @param dimensions its shape; none for a single number
   */
  public MetricState and(String name, long... dimensions) {
    Sum more = new Sum(name, Shape.of(dimensions));
    return new MetricState(Stream.concat(sums.stream(), Stream.of(more)).toList());
  }

  /** How many numbers all sums are together. */
  public int size() {
    return sums.stream().mapToInt(Sum::size).sum();
  }
}
