package kerava.applications;

import java.util.List;
import kerava.layers.ActivationFunction;

/**
 * What a {@link FastNet} is made of, all but its last layer.
 *
 * @param widths the filters of each stage
 * @param patch the side of the patches that are whitened; 0 for none
 * @param residual whether stages end with a shortcut
 * @param activation behind each normalization
 * @param momentum the weight of the past in moving averages
 * @param scale the factor on the logits
 */
record FastNetStages(
    List<Integer> widths,
    int patch,
    boolean residual,
    ActivationFunction activation,
    double momentum,
    double scale) {
  FastNetStages withPatch(int value) {
    return new FastNetStages(widths, value, residual, activation, momentum, scale);
  }

  FastNetStages withResidual(boolean value) {
    return new FastNetStages(widths, patch, value, activation, momentum, scale);
  }

  FastNetStages withActivation(ActivationFunction value) {
    return new FastNetStages(widths, patch, residual, value, momentum, scale);
  }

  FastNetStages withMomentum(double value) {
    return new FastNetStages(widths, patch, residual, activation, value, scale);
  }

  FastNetStages withScale(double value) {
    return new FastNetStages(widths, patch, residual, activation, momentum, value);
  }
}
