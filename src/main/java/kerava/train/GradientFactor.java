package kerava.train;

import java.util.List;
import kerava.WeightSpec;
import org.apache.commons.io.FilenameUtils;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What the gradients of some weights are multiplied by.
 *
 * @param weights the names of the weights; {@code *} stands for any letters, {@code ?} for one
 * @param factor above 0
 */
public record GradientFactor(String weights, double factor) {
  /** Checks the factor. */
  public GradientFactor {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          "TrainerOptions gradient factor of \""
              + weights
              + "\": expected a number above 0, got "
              + factor
              + ".");
    }
  }

  private boolean matches(WeightSpec weight) {
    return FilenameUtils.wildcardMatch(weight.name(), weights);
  }

  /** Refuses a factor that would be for nothing. */
  static void require(List<GradientFactor> factors, List<WeightSpec> trained) {
    for (GradientFactor factor : factors) {
      if (trained.stream().noneMatch(factor::matches)) {
        throw new IllegalArgumentException(
            "TrainerOptions gradient factor: expected the name of a weight that is trained, got \""
                + factor.weights()
                + "\". The model trains "
                + trained.stream().map(WeightSpec::name).toList()
                + ".");
      }
    }
  }

  static Operand<TFloat32> apply(
      List<GradientFactor> factors, WeightSpec weight, Operand<TFloat32> gradient, Ops tf) {
    double product =
        factors.stream()
            .filter(factor -> factor.matches(weight))
            .mapToDouble(GradientFactor::factor)
            .reduce(1, (a, b) -> a * b);
    return product == 1 ? gradient : tf.math.mul(gradient, tf.constant((float) product));
  }
}
