package kerava.layers;

import java.util.Optional;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.graph.Casts;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** What convolutions and dense layers do with their products. */
final class BiasAndActivation {
  private BiasAndActivation() {}

  /** The weight {@code bias}, if the layer has one. */
  static Optional<WeightSpec> bias(Config config, long size) {
    return config.get(BiasArguments.USE_BIAS)
        ? Optional.of(BiasArguments.BIAS.weight(config, "bias", Shape.of(size)))
        : Optional.empty();
  }

  /** Adds the bias, applies the activation, and adds the penalty on what comes out. */
  static <T extends TFloating> Operand<T> of(Scope scope, Config config, Operand<T> x) {
    boolean biased = config.get(BiasArguments.USE_BIAS);
    Operand<T> y = biased ? scope.tf().nn.biasAdd(x, scope.weight("bias", x.type())) : x;
    Operand<T> z = config.get(ActivationArguments.ACTIVATION).apply(scope.tf(), y);
    config
        .get(ActivationArguments.ACTIVITY_REGULARIZER)
        .ifPresent(
            regularizer ->
                ActivityRegularization.penalize(
                    scope, regularizer, Casts.to(scope.tf(), z, TFloat32.class)));
    return z;
  }
}
