package kerava.saving.export;

import java.util.Arrays;
import java.util.Optional;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.images.Scaling;
import org.tensorflow.ndarray.Shape;

/** How samples are held before they become requests: as floats, as whole numbers, as texts. */
final class SampleTypes {
  private SampleTypes() {}

  /** How samples of an input are held. */
  static Array.Type of(DType input) {
    if (input == DType.STRING) {
      return Array.Type.STRING;
    }
    boolean pixels = input.floating() || input == DType.UINT8;
    return pixels ? Array.Type.FLOAT32 : Array.Type.INT64;
  }

  /** A sample as it is held; itself where it does not go with the input. */
  static Array held(DType input, Array sample, Scaling scaling) {
    Array.Type type = of(input);
    if (type == Array.Type.FLOAT32) {
      return RequestSamples.floats(sample, scaling);
    }
    boolean whole = type == Array.Type.INT64 && sample.type() != Array.Type.STRING;
    if (whole && sample.type() == Array.Type.FLOAT32) {
      long[] numbers = new long[sample.size()];
      Arrays.setAll(numbers, i -> (long) sample.floats()[i]);
      return Array.of(numbers, sample.shape().asArray());
    }
    return whole ? sample.to(Array.Type.INT64) : sample;
  }

  /**
   * A sample that is the same everywhere.
   *
   * @param known what it is; zero, or an empty text, without it
   */
  static Array filled(Array.Type type, Shape shape, Optional<Array> known) {
    int size = Math.toIntExact(shape.size());
    return switch (type) {
      case STRING -> {
        String[] texts = new String[size];
        Arrays.fill(texts, known.map(term -> term.texts()[0]).orElse(""));
        yield Array.of(texts, shape.asArray());
      }
      case INT64 -> {
        long[] numbers = new long[size];
        Arrays.fill(numbers, known.map(term -> term.longs()[0]).orElse(0L));
        yield Array.of(numbers, shape.asArray());
      }
      default -> Array.of(new float[size], shape.asArray());
    };
  }
}
