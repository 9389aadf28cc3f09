package kerava.images;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kerava.graph.Array;
import kerava.graph.HostFunction;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * Decodes image files by TensorFlow's kernels, the same that Keras' image_dataset_from_directory
 * runs, and an exported model; so all of them see the same pixels.
 *
 * <p>It may be used by several threads at once.
 */
public final class ImageDecoder {
  private static final Map<ColorMode, HostFunction> DECODERS = new ConcurrentHashMap<>();
  private static final Map<Preprocessing, HostFunction> LOADERS = new ConcurrentHashMap<>();

  private ImageDecoder() {}

  /**
   * The pixels of a file in the size that it has.
   *
   * @param file the bytes of a PNG, JPEG, BMP or GIF, of which the first frame is taken
   * @return UINT8 of shape (height, width, channels)
   * @throws ImageException if it cannot be decoded
   */
  public static Array decode(byte[] file, ColorMode mode) throws ImageException {
    HostFunction decoder = DECODERS.computeIfAbsent(mode, ImageDecoder::decoder);
    try (TString bytes = scalar(file)) {
      return decoder.call(List.of(bytes));
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw refused(e, mode);
    }
  }

  /**
   * The pixels of a file in the size that a model takes.
   *
   * @param file the bytes of a PNG, JPEG, BMP or GIF, of which the first frame is taken
   * @param how with a size
   * @return FLOAT32 from 0 to 255, of shape (height, width, channels); not whole numbers where the
   *     size changes
   * @throws ImageException if it cannot be decoded
   */
  public static Array load(byte[] file, Preprocessing how) throws ImageException {
    HostFunction loader = LOADERS.computeIfAbsent(kind(how), ImageDecoder::loader);
    ImageSize size = how.size().orElseThrow();
    try (TString bytes = scalar(file);
        TInt32 sides = TInt32.vectorOf(size.height(), size.width())) {
      return loader.call(List.of(bytes, sides));
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw refused(e, how.colorMode());
    }
  }

  /** What a graph depends on: the size is fed, and the arithmetic comes later. */
  private static Preprocessing kind(Preprocessing how) {
    return Preprocessing.defaults()
        .colorMode(how.colorMode())
        .resize(how.resize())
        .interpolation(how.interpolation());
  }

  private static TString scalar(byte[] bytes) {
    return TString.tensorOfBytes(NdArrays.scalarOfObject(bytes));
  }

  private static HostFunction decoder(ColorMode mode) {
    return HostFunction.of(
        tf -> {
          Operand<TString> file = file(tf);
          return new HostFunction.Ends(List.of(file), ImageKernels.decode(tf, file, mode));
        });
  }

  private static HostFunction loader(Preprocessing how) {
    return HostFunction.of(
        tf -> {
          Operand<TString> file = file(tf);
          Operand<TInt32> size = size(tf);
          return new HostFunction.Ends(List.of(file, size), ImageKernels.load(tf, file, size, how));
        });
  }

  private static Operand<TString> file(Ops tf) {
    return tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
  }

  private static Operand<TInt32> size(Ops tf) {
    return tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
  }

  private static ImageException refused(RuntimeException problem, ColorMode mode) {
    String message = String.valueOf(problem.getMessage());
    return new ImageException(ImageKernels.reason(message, mode), problem);
  }
}
