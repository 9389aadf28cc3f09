package kerava.layers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kerava.AlongLastAxis;
import kerava.Inputs;
import kerava.config.Codec;
import kerava.config.Nearest;
import kerava.config.Source;
import kerava.graph.Cast;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What is done to each number that a layer gives.
 *
 * <p>Of Keras' functions one is missing: {@code threshold}, which Keras can name but not call
 * without its arguments.
 *
 * @see <a href="https://keras.io/api/layers/activations/">Keras: layer activation functions</a>
 */
public enum ActivationFunction implements AlongLastAxis {
  /** x. */
  LINEAR((tf, x) -> x),
  /** max(x, 0). */
  RELU((tf, x) -> tf.nn.relu(x)),
  /** min(max(x, 0), 6). */
  RELU6((tf, x) -> tf.nn.relu6(x)),
  /** x if x &gt; 0, else 0.2 x. */
  LEAKY_RELU((tf, x) -> tf.nn.leakyRelu(x, LeakyRelu.alpha(0.2f))),
  /** x if x &gt; 0, else exp(x) - 1 (Clevert et al. 2015). */
  ELU((tf, x) -> tf.nn.elu(x)),
  /** max(x, 0) + min(exp(x) - 1, 0): with its α of 1 the same as {@link #ELU}. */
  CELU((tf, x) -> tf.nn.elu(x)),
  /** 1.05070098 x if x &gt; 0, else 1.05070098 · 1.67326324 (exp(x) - 1) (Klambauer 2017). */
  SELU((tf, x) -> tf.nn.selu(x)),
  /** x Φ(x), with the distribution function Φ of the normal distribution. */
  GELU(
      (tf, x) -> {
        Operand<TFloat32> cut = tf.math.erf(tf.math.mul(x, tf.constant((float) Math.sqrt(0.5))));
        return tf.math.mul(tf.math.mul(x, tf.constant(0.5f)), tf.math.add(cut, tf.constant(1f)));
      }),
  /** x sigmoid(x); Keras also calls it {@code swish}. */
  SILU((tf, x) -> tf.math.mul(x, tf.math.sigmoid(x))),
  /** x hard_sigmoid(x); Keras also calls it {@code hard_swish}. */
  HARD_SILU((tf, x) -> tf.math.mul(x, hardSigmoid(tf, x))),
  /** x tanh(softplus(x)) (Misra 2019). */
  MISH((tf, x) -> tf.math.mul(x, tf.math.tanh(tf.math.softplus(x)))),
  /** 1 / (1 + exp(-x)). */
  SIGMOID((tf, x) -> tf.math.sigmoid(x)),
  /** min(max(x + 3, 0), 6) / 6. */
  HARD_SIGMOID(ActivationFunction::hardSigmoid),
  /** log(sigmoid(x)). */
  LOG_SIGMOID((tf, x) -> tf.math.neg(tf.math.softplus(tf.math.neg(x)))),
  /** min(max((x + 1) / 2, 0), 1). */
  SPARSE_SIGMOID((tf, x) -> clipped(tf, tf.math.mul(plus(tf, x, 1), tf.constant(0.5f)), 0, 1)),
  /** (exp(x) - exp(-x)) / (exp(x) + exp(-x)). */
  TANH((tf, x) -> tf.math.tanh(x)),
  /** min(max(x, -1), 1). */
  HARD_TANH((tf, x) -> clipped(tf, x, -1, 1)),
  /** x - tanh(x). */
  TANH_SHRINK((tf, x) -> tf.math.sub(x, tf.math.tanh(x))),
  /** x if |x| &gt; 0.5, else 0. */
  HARD_SHRINK(
      (tf, x) -> tf.select(tf.math.greater(tf.math.abs(x), tf.constant(0.5f)), x, tf.constant(0f))),
  /** x - 0.5 if x &gt; 0.5, x + 0.5 if x &lt; -0.5, else 0. */
  SOFT_SHRINK((tf, x) -> tf.math.sub(x, clipped(tf, x, -0.5f, 0.5f))),
  /** log(exp(x) + 1). */
  SOFTPLUS((tf, x) -> tf.math.softplus(x)),
  /** x / (|x| + 1). */
  SOFTSIGN((tf, x) -> tf.nn.softsign(x)),
  /** 0 if x &lt; -1, (x + 1)² / 4 if x &lt; 1, else x. */
  SPARSE_PLUS(
      (tf, x) -> {
        Operand<TFloat32> bend = tf.math.square(clipped(tf, plus(tf, x, 1), 0, 2));
        Operand<TFloat32> rest = tf.nn.relu(plus(tf, x, -1));
        return tf.math.add(tf.math.mul(bend, tf.constant(0.25f)), rest);
      }),
  /** (x + √(x² + 4)) / 2 (Barron 2021). */
  SQUAREPLUS(
      (tf, x) -> {
        Operand<TFloat32> root = tf.math.sqrt(plus(tf, tf.math.square(x), 4));
        return tf.math.mul(tf.math.add(x, root), tf.constant(0.5f));
      }),
  /** exp(x). */
  EXPONENTIAL((tf, x) -> tf.math.exp(x)),
  /** exp(x) over the sum of exp(x) along the last axis. */
  SOFTMAX((tf, x) -> tf.nn.softmax(x)),
  /** log(softmax(x)) along the last axis. */
  LOG_SOFTMAX(ActivationFunction::logSoftmax),
  /**
   * a sigmoid(b), where a and b are the halves of x along the last axis (Dauphin et al. 2017).
   * Keras takes the shape for unchanged, so that no layer of weights can stand behind it there.
   */
  GLU(ActivationFunction::glu),
  /** max(x - τ, 0) along the last axis, after Martins, Astudillo 2016, with the τ of Keras. */
  SPARSEMAX(Sparsemax::of);

  private static final Set<ActivationFunction> LAST_AXIS =
      EnumSet.of(SOFTMAX, LOG_SOFTMAX, SPARSEMAX, GLU);
  private static final Map<String, ActivationFunction> ALIASES =
      Map.of("swish", SILU, "hard_swish", HARD_SILU);
  private static final String EXPECTED =
      "one of "
          + Arrays.stream(values())
              .map(ActivationFunction::kerasName)
              .collect(Collectors.joining(", "));

  /** The function's name in Keras; {@code null} in JSON is {@link #LINEAR}. */
  public static final Codec<ActivationFunction> CODEC =
      Codec.of(
          EXPECTED,
          function -> JsonNodeFactory.instance.textNode(function.kerasName()),
          ActivationFunction::read);

  private final BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function;

  ActivationFunction(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function) {
    this.function = function;
  }

  /** Adds the operations of the function: computed in float32, and rounded to the type of x. */
  public <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> x) {
    return switch (this) {
      case LINEAR -> x;
      // Choosing among numbers rounds none of them.
      case RELU -> tf.nn.relu(x);
      default -> Cast.inFloat32(tf, x, y -> function.apply(tf, y));
    };
  }

  @Override
  public boolean alongLastAxis() {
    return LAST_AXIS.contains(this);
  }

  /**
   * The shape of what the function gives.
   *
   * @param inputs what the layer is given, for the refusal
   * @param x the shape before
   * @throws IllegalArgumentException if the last axis cannot be halved and should be
   */
  Shape outputShape(Inputs inputs, Shape x) {
    if (this != GLU) {
      return x;
    }
    long[] sizes = x.asArray();
    long last = sizes[sizes.length - 1];
    if (last < 0 || last % 2 != 0) {
      throw inputs.refuse("an even number along the last axis for glu, of " + x, "");
    }
    sizes[sizes.length - 1] = last / 2;
    return Shape.of(sizes);
  }

  private String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static ActivationFunction read(Source source) {
    if (source.node().isNull()) {
      return LINEAR;
    }
    String name = source.node().asText();
    return List.of(values()).stream()
        .filter(value -> value.kerasName().equals(name) || ALIASES.get(name) == value)
        .findFirst()
        .orElseThrow(() -> source.refuse(expected(name)));
  }

  private static String expected(String name) {
    return name.equals("threshold")
        ? "an activation that Keras can call, without further arguments"
        : Nearest.oneOf(name, Stream.of(values()).map(ActivationFunction::kerasName).toList());
  }

  // TensorFlow Java's gradient of the kernel sums along axis 1, which is right for rank 2 alone.
  private static Operand<TFloat32> logSoftmax(Ops tf, Operand<TFloat32> x) {
    if (x.shape().numDimensions() == 2) {
      return tf.nn.logSoftmax(x);
    }
    Operand<TInt32> last = tf.constant(-1);
    Operand<TFloat32> most = tf.stopGradient(tf.max(x, last, Max.keepDims(true)));
    Operand<TFloat32> y = tf.math.sub(x, most);
    return tf.math.sub(y, tf.math.log(tf.sum(tf.math.exp(y), last, Sum.keepDims(true))));
  }

  private static Operand<TFloat32> glu(Ops tf, Operand<TFloat32> x) {
    int rank = x.shape().numDimensions();
    int half = Math.toIntExact(x.shape().get(rank - 1) / 2);
    int[] second = new int[rank];
    second[rank - 1] = half;
    int[] size = new int[rank];
    Arrays.fill(size, -1);
    size[rank - 1] = half;
    Operand<TInt32> sizes = tf.constant(size);
    Operand<TFloat32> gate = tf.math.sigmoid(tf.slice(x, tf.constant(second), sizes));
    return tf.math.mul(tf.slice(x, tf.constant(new int[rank]), sizes), gate);
  }

  private static Operand<TFloat32> hardSigmoid(Ops tf, Operand<TFloat32> x) {
    return tf.math.mul(tf.nn.relu6(plus(tf, x, 3)), tf.constant(1 / 6f));
  }

  private static Operand<TFloat32> plus(Ops tf, Operand<TFloat32> x, float number) {
    return tf.math.add(x, tf.constant(number));
  }

  private static Operand<TFloat32> clipped(Ops tf, Operand<TFloat32> x, float least, float most) {
    return tf.clipByValue(x, tf.constant(least), tf.constant(most));
  }
}
