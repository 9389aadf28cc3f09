package kerava;

import java.util.Arrays;
import kerava.config.Visible;

/**
 * What a metric has gathered, in double precision: over an epoch each sum may be larger than a
 * float counts to.
 */
public final class MetricSums {
  private final MetricState state;
  private final double[] values;

  /**
   * The numbers of a state.
   *
   * @param state what they are
   * @param values the numbers of each sum, row-major, one sum after the other
   * @throws IllegalArgumentException if there are not as many as the state has
   */
  public MetricSums(MetricState state, double[] values) {
    if (values.length != state.size()) {
      throw new IllegalArgumentException(
          "Metric sums: expected " + state.size() + " numbers, got " + values.length + ".");
    }
    this.state = state;
    this.values = values.clone();
  }

  /**
   * The numbers of a sum, row-major.
   *
   * @throws IllegalArgumentException if the metric has no sum of that name
   */
  public double[] get(String name) {
    int from = 0;
    for (MetricState.Sum sum : state.sums()) {
      if (sum.name().equals(name)) {
        return Arrays.copyOfRange(values, from, from + sum.size());
      }
      from += sum.size();
    }
    throw new IllegalArgumentException(
        Visible.of(
            "Metric sums: expected one of "
                + state.sums().stream().map(MetricState.Sum::name).toList()
                + ", got \""
                + name
                + "\"."));
  }

  /**
   * The number of a sum that is a single one, or the first of it.
   *
   * @throws IllegalArgumentException if the metric has no sum of that name
   */
  public double number(String name) {
    return get(name)[0];
  }
}
