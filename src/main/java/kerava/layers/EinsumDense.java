package kerava.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.graph.Scope;
import kerava.initializers.FanArguments;
import kerava.initializers.Initializer;
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * A product with a kernel over the axes that an equation names: {@code abc,cd->abd} is a {@link
 * Dense} layer on each element of a sequence.
 *
 * <p>Its weights are {@code kernel}, of the sizes that its letters have, and {@code bias}, if asked
 * for, of those of the output from its first axis with a bias on, 1 where an axis has none.
 *
 * <p>By default it has neither activation nor bias. The kernel begins Glorot uniform, the bias with
 * zeros; neither has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/core_layers/einsum_dense/">Keras: EinsumDense</a>
 */
public record EinsumDense(Config config)
    implements TypedUnaryLayer, KernelArguments<EinsumDense>, ActivationArguments<EinsumDense> {
  private static final Key<List<Optional<Integer>>> OUTPUT_SHAPE =
      Key.required("output_shape", Codec.oneOrMany(Codec.nullable(Codec.positive())));
  private static final Key<String> EQUATION =
      Key.required(
          "equation",
          Codec.text()
              .where(
                  "an equation such as ab,bc->ac, ...ab,bc->...ac or ab...,bc->ac...",
                  text -> EinsumEquation.of(text).isPresent()));
  private static final Key<Optional<String>> BIAS_AXES =
      Key.optional("bias_axes", Codec.text().where("letters", text -> !text.isEmpty()));

  /** How the layer is written and read. */
  public static final Schema<EinsumDense> SCHEMA =
      Layer.schema("EinsumDense", EinsumDense::new, OUTPUT_SHAPE, EQUATION, ACTIVATION, BIAS_AXES)
          .with(KERNEL.initializer(), BiasArguments.BIAS.initializer())
          .with(KERNEL.regularizer(), BiasArguments.BIAS.regularizer(), ACTIVITY_REGULARIZER)
          .with(KERNEL.constraint(), BiasArguments.BIAS.constraint())
          .with(KernelStorage.QUANTIZATION_CONFIG, KernelStorage.LORA_RANK)
          .with(KernelStorage.LORA_ALPHA, KernelStorage.GPTQ_COLUMNS);

  /** Checks that the arguments go together. */
  public EinsumDense {
    String output = equation(config).output();
    Optional<String> biased = config.get(BIAS_AXES);
    if (!biased
        .map(axes -> axes.chars().allMatch(axis -> output.indexOf(axis) >= 0))
        .orElse(true)) {
      throw new IllegalArgumentException(
          "EinsumDense bias_axes: expected letters of the output "
              + output
              + ", got "
              + biased.get()
              + ".");
    }
  }

  /**
   * A layer without bias and activation.
   *
   * @param equation the letters of the axes of input, kernel and output
   * @param outputShape the sizes of the output behind the batch, without those of an ellipsis; -1
   *     for those that the input has
   * @throws IllegalArgumentException if the equation is none that Keras takes
   */
  public static EinsumDense of(String equation, int... outputShape) {
    List<Optional<Integer>> sizes =
        Arrays.stream(outputShape)
            .mapToObj(size -> size == -1 ? Optional.<Integer>empty() : Optional.of(size))
            .toList();
    return new EinsumDense(SCHEMA.config().with(OUTPUT_SHAPE, sizes).with(EQUATION, equation));
  }

  private <T> EinsumDense with(Key<T> key, T value) {
    return new EinsumDense(config.with(key, value));
  }

  /** The same layer with a bias along axes of the output; none by default. */
  public EinsumDense biasAxes(String letters) {
    return with(BIAS_AXES, Optional.of(letters));
  }

  /** The same layer with other first values of the bias; zeros by default. */
  public EinsumDense biasInitializer(Initializer initializer) {
    return with(BiasArguments.BIAS.initializer(), initializer);
  }

  /** The same layer with a penalty on the bias; none by default. */
  public EinsumDense biasRegularizer(Regularizer regularizer) {
    return with(BiasArguments.BIAS.regularizer(), Optional.of(regularizer));
  }

  /** The same layer with bounds for the bias; none by default. */
  public EinsumDense biasConstraint(Constraint constraint) {
    return with(BiasArguments.BIAS.constraint(), Optional.of(constraint));
  }

  private static EinsumEquation equation(Config config) {
    return EinsumEquation.of(config.get(EQUATION)).orElseThrow();
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return config.get(ACTIVATION).outputShape(inputs, product(inputs));
  }

  private Shape product(Inputs inputs) {
    return equation(config).outputShape(inputs, config.get(OUTPUT_SHAPE));
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    EinsumEquation equation = equation(config);
    Shape output = product(inputs);
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(
        KERNEL.weight(
            config.with(KERNEL.initializer(), initializer(equation)),
            "kernel",
            equation.kernelShape(inputs, output)));
    config
        .get(BIAS_AXES)
        .ifPresent(
            axes ->
                weights.add(
                    BiasArguments.BIAS.weight(
                        config, "bias", equation.biasShape(inputs, output, axes))));
    return weights;
  }

  /** Of an initializer that counts connections, one that knows which axes are whose. */
  private Initializer initializer(EinsumEquation equation) {
    Initializer own = config.get(KERNEL.initializer());
    return own instanceof FanArguments<?> fans && !fans.hasAxes()
        ? fans.axes(equation.inputAxes(), equation.outputAxes())
        : own;
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Operand<T> product =
        equation(config).einsum(x.shape()).of(scope.tf(), x, scope.weight("kernel", x.type()));
    boolean biased = config.get(BIAS_AXES).isPresent();
    Operand<T> y = biased ? scope.tf().math.add(product, scope.weight("bias", x.type())) : product;
    return BiasAndActivation.activated(scope, config, y);
  }

  @Override
  public Schema<EinsumDense> schema() {
    return SCHEMA;
  }
}
