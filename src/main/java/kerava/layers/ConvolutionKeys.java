package kerava.layers;

import java.util.List;
import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;

/**
 * The keys of what Keras' convolutions take for their window, over one axis, two or three.
 *
 * @param <S> the class of the window's size
 * @see <a href="https://keras.io/api/layers/convolution_layers/">Keras: convolution layers</a>
 */
public final class ConvolutionKeys<S extends Size> {
  /** For sequences. */
  public static final ConvolutionKeys<Size1D> ONE =
      new ConvolutionKeys<>(Sizes.ONE, Padding.VALID, Padding.SAME);

  /** For sequences, with windows that may see nothing to come. */
  public static final ConvolutionKeys<Size1D> CAUSAL =
      new ConvolutionKeys<>(Sizes.ONE, Padding.values());

  /** For images. */
  public static final ConvolutionKeys<Size2D> TWO =
      new ConvolutionKeys<>(Sizes.TWO, Padding.VALID, Padding.SAME);

  /** For volumes. */
  public static final ConvolutionKeys<Size3D> THREE =
      new ConvolutionKeys<>(Sizes.THREE, Padding.VALID, Padding.SAME);

  private final Sizes<S> sizes;
  private final Key<S> kernelSize;
  private final Key<S> strides;
  private final Key<Padding> padding;
  private final Key<S> dilationRate;
  private final Key<Optional<S>> outputPadding;

  private ConvolutionKeys(Sizes<S> sizes, Padding... paddings) {
    this.sizes = sizes;
    this.kernelSize = Key.required("kernel_size", sizes.atLeast(1));
    this.strides = Key.of("strides", sizes.atLeast(1), sizes.all(1));
    this.padding = Key.of("padding", Codec.choice(List.of(paddings)), Padding.VALID);
    this.dilationRate = Key.of("dilation_rate", sizes.atLeast(1), sizes.all(1));
    this.outputPadding = Key.optional("output_padding", sizes.atLeast(0));
  }

  /** The key of the window's size. */
  public Key<S> kernelSize() {
    return kernelSize;
  }

  /** The key of the window's steps. */
  public Key<S> strides() {
    return strides;
  }

  /** The key of what the window does at the border. */
  public Key<Padding> padding() {
    return padding;
  }

  /** The key of how far apart the numbers of the kernel stand. */
  public Key<S> dilationRate() {
    return dilationRate;
  }

  /** The key of how much larger a transposed convolution makes its output. */
  public Key<Optional<S>> outputPadding() {
    return outputPadding;
  }

  Sizes<S> sizes() {
    return sizes;
  }

  /** The window that a config describes. */
  Window window(Config config) {
    return new Window(
        config.get(kernelSize), config.get(dilationRate), config.get(strides), config.get(padding));
  }

  /** Refuses arguments that TensorFlow has no kernel for. */
  void requireStridesOrDilation(String className, Config config) {
    S steps = config.get(strides);
    S rate = config.get(dilationRate);
    if (!Sizes.isOne(steps) && !Sizes.isOne(rate)) {
      throw new IllegalArgumentException(
          className
              + " strides: expected "
              + sizes.all(1)
              + " beside a dilation_rate of "
              + rate
              + ", got "
              + steps
              + ".");
    }
  }
}
