package kerava.layers.recurrent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.Source;
import kerava.layers.BiasArguments;
import kerava.layers.KernelArguments;
import kerava.layers.Padding;
import kerava.layers.SeedArgument;

/**
 * The keys of what a ConvLSTM layer and its cell take for their convolutions.
 *
 * @param axes over how many axes these are
 * @param kernelSize the key of the size of their kernels
 * @param strides the key of the step of that over the input
 * @param dilationRate the key of the distance of its elements
 */
record ConvLSTMKeys(
    int axes,
    Key<List<Integer>> kernelSize,
    Key<List<Integer>> strides,
    Key<List<Integer>> dilationRate) {
  static final Key<Integer> FILTERS = Key.required("filters", Codec.positive());
  static final Key<Padding> PADDING =
      Key.of(
          "padding",
          Codec.choice(Padding.class)
              .where("valid or same", p -> p == Padding.VALID || p == Padding.SAME),
          Padding.VALID);

  /** Whether the channels come before the other axes of a step. */
  static final Key<Boolean> CHANNELS_FIRST = Key.of("data_format", format(), false);

  static final ConvLSTMKeys ONE = of(1);
  static final ConvLSTMKeys TWO = of(2);
  static final ConvLSTMKeys THREE = of(3);

  private static final String FIRST = "channels_first";
  private static final String LAST = "channels_last";

  private static ConvLSTMKeys of(int axes) {
    List<Integer> ones = Collections.nCopies(axes, 1);
    return new ConvLSTMKeys(
        axes,
        Key.required("kernel_size", sizes(axes)),
        Key.of("strides", sizes(axes), ones),
        Key.of("dilation_rate", sizes(axes), ones));
  }

  private static Codec<Boolean> format() {
    String expected = LAST + " or " + FIRST;
    return Codec.of(
        expected,
        first -> JsonNodeFactory.instance.textNode(first ? FIRST : LAST),
        source -> {
          String text = source.node().asText();
          if (!source.node().isNull() && !text.equals(FIRST) && !text.equals(LAST)) {
            throw source.refuse(expected);
          }
          return text.equals(FIRST);
        });
  }

  private static Codec<List<Integer>> sizes(int axes) {
    String expected = "one whole number of at least 1, or " + axes;
    return Codec.<List<Integer>>of(
            expected,
            sizes -> {
              ArrayNode array = JsonNodeFactory.instance.arrayNode();
              sizes.forEach(array::add);
              return array;
            },
            source -> read(source, axes))
        .where(
            expected, sizes -> sizes.size() == axes && sizes.stream().allMatch(size -> size >= 1));
  }

  private static List<Integer> read(Source source, int axes) {
    if (!source.node().isArray()) {
      return Collections.nCopies(axes, Codec.integer().read(source));
    }
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < source.node().size(); i++) {
      sizes.add(Codec.integer().read(source.item(i)));
    }
    return List.copyOf(sizes);
  }

  /** One number for all axes, or one for each. */
  List<Integer> all(int... sizes) {
    return sizes.length == 1
        ? Collections.nCopies(axes, sizes[0])
        : java.util.Arrays.stream(sizes).boxed().toList();
  }

  /** A layer's arguments. */
  Config config(Schema<?> schema, int filters, int... kernelSize) {
    return schema.config().with(FILTERS, filters).with(this.kernelSize, all(kernelSize));
  }

  /** Refuses arguments that Keras refuses. */
  void requireStridesOrDilation(String className, Config config) {
    List<Integer> ones = Collections.nCopies(axes, 1);
    if (!config.get(strides).equals(ones) && !config.get(dilationRate).equals(ones)) {
      throw new IllegalArgumentException(
          className
              + " strides: expected 1 beside a dilation_rate of "
              + config.get(dilationRate)
              + ", got "
              + config.get(strides)
              + ".");
    }
  }

  /** How a layer is written and read. */
  <L extends Layer> Schema<L> layer(String className, Function<Config, L> constructor) {
    return Layer.schema(className, constructor)
        .with(
            RecurrentArguments.RETURN_SEQUENCES,
            RecurrentArguments.RETURN_STATE,
            RecurrentArguments.GO_BACKWARDS)
        .with(
            RecurrentArguments.STATEFUL,
            RecurrentArguments.UNROLL,
            RecurrentArguments.ZERO_OUTPUT_FOR_MASK)
        .with(FILTERS, kernelSize, strides, PADDING, CHANNELS_FIRST, dilationRate)
        .with(CellArguments.ACTIVATION, GateArguments.RECURRENT_ACTIVATION)
        .with(BiasArguments.USE_BIAS)
        .with(
            KernelArguments.KERNEL.initializer(),
            CellArguments.RECURRENT.initializer(),
            BiasArguments.BIAS.initializer())
        .with(LSTMArguments.UNIT_FORGET_BIAS)
        .with(
            KernelArguments.KERNEL.regularizer(),
            CellArguments.RECURRENT.regularizer(),
            BiasArguments.BIAS.regularizer())
        .with(RecurrentArguments.ACTIVITY_REGULARIZER)
        .with(
            KernelArguments.KERNEL.constraint(),
            CellArguments.RECURRENT.constraint(),
            BiasArguments.BIAS.constraint())
        .with(CellArguments.DROPOUT, CellArguments.RECURRENT_DROPOUT, SeedArgument.SEED);
  }
}
