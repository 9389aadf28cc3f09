package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * The largest number in each window: (batch, height, width, channels) → (batch, height', width',
 * channels).
 *
 * <p>By default windows are (2, 2) and stand side by side, with padding {@code VALID}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/max_pooling2d/">Keras: MaxPooling2D</a>
 */
public record MaxPooling2D(Config config)
    implements TypedUnaryLayer, Pooling2DArguments<MaxPooling2D> {
  /** How a pooling is written and read. */
  public static final Schema<MaxPooling2D> SCHEMA =
      Layer.schema("MaxPooling2D", MaxPooling2D::new, POOL_SIZE)
          .with(PADDING, STRIDES, DataFormat.KEY)
          .alias("MaxPool2D");

  /** A pooling over windows of (2, 2) that stand side by side, with padding {@code VALID}. */
  public static MaxPooling2D of() {
    return new MaxPooling2D(SCHEMA.config());
  }

  /** A pooling over square windows that stand side by side, with padding {@code VALID}. */
  public static MaxPooling2D of(int poolSize) {
    return of().poolSize(Size2D.of(poolSize));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Pooling.window(config).outputShape(inputs, inputs.image().get(3));
  }

  // The greatest of numbers that ReLU has passed is what ReLU passes of the greatest, also for
  // gradients: where no number in the window is above 0, both orders give none. ReLU after the
  // pooling has fewer numbers to go through. In inference, kernels that convolve do it on the way.
  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    if (scope.training() && x.op() instanceof GraphOperation relu && relu.type().equals("Relu")) {
      return scope.tf().nn.relu(pool(scope, relu.input(0).expect(x.type())));
    }
    return pool(scope, x);
  }

  // MaxPool itself and not MaxPoolV2, which is all that Ops.nn.maxPool of TensorFlow Java 1.1.0
  // makes: only the former has oneDNN kernels, which are several times faster on CPUs.
  private <T extends TFloating> Operand<T> pool(Scope scope, Operand<T> x) {
    Window window = Pooling.window(config);
    return scope
        .tf()
        .scope()
        .opBuilder("MaxPool", "MaxPool")
        .addInput(x.asOutput())
        .setAttr("ksize", shape(window.size()))
        .setAttr("strides", shape(window.strides()))
        .setAttr("padding", window.padding().name())
        .build()
        .output(0);
  }

  private static long[] shape(Size2D size) {
    return new long[] {1, size.height(), size.width(), 1};
  }

  @Override
  public Schema<MaxPooling2D> schema() {
    return SCHEMA;
  }
}
