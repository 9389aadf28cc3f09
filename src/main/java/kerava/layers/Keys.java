package kerava.layers;

import java.util.Optional;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.constraints.Constraint;
import kerava.graph.Cast;
import kerava.graph.Scope;
import kerava.images.Interpolation;
import kerava.initializers.GlorotUniform;
import kerava.initializers.Initializer;
import kerava.initializers.Zeros;
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The arguments that several layers have in common, and what follows from them. */
final class Keys {
  static final Key<String> DATA_FORMAT = Key.only("data_format", Codec.text(), "channels_last");

  /** For layers to which Keras gave the key after 3.5. */
  static final Key<String> DATA_FORMAT_LATER = DATA_FORMAT.quiet();

  static final Key<ActivationFunction> ACTIVATION =
      Key.of("activation", ActivationFunction.CODEC, ActivationFunction.LINEAR);

  /** How images of another size are computed. */
  static final Codec<Interpolation> INTERPOLATION =
      Codec.choice(Interpolation.class)
          .where(
              "one of nearest, bilinear, bicubic, area, lanczos3, lanczos5",
              Interpolation::isOfLayers);

  static final Key<Boolean> USE_BIAS = Key.of("use_bias", Codec.bool(), true);
  static final Key<Initializer> KERNEL_INITIALIZER = initializer("kernel", GlorotUniform.of());
  static final Key<Initializer> BIAS_INITIALIZER = initializer("bias", Zeros.of());
  static final Key<Optional<Regularizer>> KERNEL_REGULARIZER = regularizer("kernel");
  static final Key<Optional<Regularizer>> BIAS_REGULARIZER = regularizer("bias");
  static final Key<Optional<Regularizer>> ACTIVITY_REGULARIZER = regularizer("activity").quiet();
  static final Key<Optional<Constraint>> KERNEL_CONSTRAINT = constraint("kernel");
  static final Key<Optional<Constraint>> BIAS_CONSTRAINT = constraint("bias");

  /** Since Keras 3.13; older versions would refuse the key. */
  static final Key<Optional<String>> QUANTIZATION_CONFIG =
      Key.only("quantization_config", Codec.nullable(Codec.text()), Optional.<String>empty())
          .quiet();

  private Keys() {}

  static Key<Initializer> initializer(String weight, Initializer initializer) {
    return Key.of(weight + "_initializer", Codec.object(Initializer.class), initializer);
  }

  static Key<Optional<Regularizer>> regularizer(String weight) {
    return Key.optional(weight + "_regularizer", Codec.object(Regularizer.class));
  }

  static Key<Optional<Constraint>> constraint(String weight) {
    return Key.optional(weight + "_constraint", Codec.object(Constraint.class));
  }

  static WeightSpec kernel(Config config, Shape shape) {
    return WeightSpec.trained("kernel", shape, config.get(KERNEL_INITIALIZER))
        .regularized(config.get(KERNEL_REGULARIZER))
        .constrained(config.get(KERNEL_CONSTRAINT));
  }

  static Optional<WeightSpec> bias(Config config, long size) {
    if (!config.get(USE_BIAS)) {
      return Optional.empty();
    }
    return Optional.of(
        WeightSpec.trained("bias", Shape.of(size), config.get(BIAS_INITIALIZER))
            .regularized(config.get(BIAS_REGULARIZER))
            .constrained(config.get(BIAS_CONSTRAINT)));
  }

  /** What convolutions and dense layers do with their products. */
  static <T extends TFloating> Operand<T> biasAndActivation(
      Scope scope, Config config, Operand<T> x) {
    Operand<T> y =
        config.get(USE_BIAS) ? scope.tf().nn.biasAdd(x, scope.weight("bias", x.type())) : x;
    Operand<T> z = config.get(ACTIVATION).apply(scope.tf(), y);
    config
        .get(ACTIVITY_REGULARIZER)
        .ifPresent(
            regularizer -> penalize(scope, regularizer, Cast.to(scope.tf(), z, TFloat32.class)));
    return z;
  }

  /** Adds the penalty of what a layer gives, a sample: so that it depends on no batch's size. */
  static void penalize(Scope scope, Regularizer regularizer, Operand<TFloat32> outputs) {
    Ops tf = scope.tf();
    Operand<TInt32> samples = tf.shape.size(tf.shape(outputs), tf.constant(0));
    Operand<TFloat32> count =
        tf.dtypes.cast(tf.reshape(samples, tf.constant(new int[0])), TFloat32.class);
    scope.penalty(tf.math.divNoNan(regularizer.penalty(tf, outputs), count));
  }
}
