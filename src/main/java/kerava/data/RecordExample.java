package kerava.data;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import kerava.graph.Array;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;

/**
 * One {@code tf.Example}, and where it stands.
 *
 * @param file the file
 * @param offset where its record begins, in bytes
 * @param example what it holds
 */
record RecordExample(Path file, long offset, Example example) {
  static RecordExample parse(Path file, long offset, byte[] record) throws DatasetException {
    try {
      return new RecordExample(file, offset, Example.parseFrom(record));
    } catch (InvalidProtocolBufferException e) {
      throw new DatasetException(
          file, "expected a tf.Example at byte %d, got other bytes.".formatted(offset), e);
    }
  }

  private DatasetException refuse(String expected, String got) {
    return new DatasetException(
        file, "expected %s at byte %d, got %s.".formatted(expected, offset, got));
  }

  private Feature feature(String name) throws DatasetException {
    Feature feature = example.getFeatures().getFeatureMap().get(name);
    if (feature == null) {
      throw refuse(
          "an example with the feature \"" + name + "\"",
          "one with " + example.getFeatures().getFeatureMap().keySet());
    }
    return feature;
  }

  /** Whether the label is a class number, and not targets. */
  boolean hasClass(String name) throws DatasetException {
    return feature(name).getKindCase() == Feature.KindCase.INT64_LIST;
  }

  int label(String name) throws DatasetException {
    Feature feature = feature(name);
    if (feature.getInt64List().getValueCount() != 1) {
      throw refuse(
          "one whole number as \"" + name + "\"",
          kind(feature, feature.getInt64List().getValueCount()));
    }
    long label = feature.getInt64List().getValue(0);
    if (label < 0 || label > Integer.MAX_VALUE) {
      throw refuse("a class number as \"" + name + "\"", String.valueOf(label));
    }
    return (int) label;
  }

  private static String kind(Feature feature, int count) {
    return feature.getKindCase() == Feature.KindCase.KIND_NOT_SET
        ? "nothing"
        : count + " values in its " + feature.getKindCase();
  }

  float[] targets(String name) throws DatasetException {
    Feature feature = feature(name);
    int count = feature.getFloatList().getValueCount();
    if (count == 0) {
      throw refuse("a class number or targets as \"" + name + "\"", kind(feature, count));
    }
    return floats(feature);
  }

  private static float[] floats(Feature feature) {
    float[] values = new float[feature.getFloatList().getValueCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = feature.getFloatList().getValue(i);
    }
    return values;
  }

  /** Whether the input is bytes of pixels, or an image that has the size wanted. */
  boolean keepsBytes(RecordFormat format) throws DatasetException {
    byte[] bytes = image(format);
    if (raw(format, bytes)) {
      return true;
    }
    ImageHeader header = header(format, bytes);
    return format.images().orElseThrow().keeps(header.height(), header.width());
  }

  private boolean raw(RecordFormat format, byte[] bytes) {
    return bytes.length == format.inputShape().size() && !Images.isImage(bytes);
  }

  private ImageHeader header(RecordFormat format, byte[] bytes) throws DatasetException {
    try {
      return ImageHeader.of(file, bytes);
    } catch (DatasetException e) {
      throw neither(format, bytes, e);
    }
  }

  private byte[] image(RecordFormat format) throws DatasetException {
    Feature feature = feature(format.input());
    if (feature.getBytesList().getValueCount() != 1) {
      throw refuse(
          "an image as \"" + format.input() + "\"",
          kind(feature, feature.getBytesList().getValueCount()));
    }
    return feature.getBytesList().getValue(0).toByteArray();
  }

  private DatasetException neither(RecordFormat format, byte[] bytes, IOException cause) {
    return new DatasetException(
        file,
        "expected an image or %d pixels at byte %d, got %d bytes that are neither."
            .formatted(format.inputShape().size(), offset, bytes.length),
        cause);
  }

  /** The input as bytes of pixels, which it {@linkplain #keepsBytes keeps}. */
  byte[] bytes(RecordFormat format) throws DatasetException {
    byte[] bytes = image(format);
    if (raw(format, bytes)) {
      return bytes;
    }
    try {
      return Images.decode(file, bytes, format.images().orElseThrow().colorMode()).bytes();
    } catch (IOException e) {
      throw neither(format, bytes, e);
    }
  }

  /** The input as pixels from 0 to 255, of the size wanted. */
  float[] pixels(RecordFormat format) throws DatasetException {
    byte[] bytes = image(format);
    if (raw(format, bytes)) {
      return Array.of(bytes, bytes.length).to(Array.Type.FLOAT32).floats();
    }
    try {
      return Images.pixels(file, bytes, format.images().orElseThrow()).floats();
    } catch (IOException e) {
      throw neither(format, bytes, e);
    }
  }

  /** The input as numbers. */
  float[] numbers(RecordFormat format) throws DatasetException {
    Feature feature = feature(format.input());
    long wanted = format.inputShape().size();
    if (feature.getBytesList().getValueCount() == 1
        && feature.getBytesList().getValue(0).size() == wanted * Float.BYTES) {
      float[] values = new float[(int) wanted];
      ByteBuffer bytes = feature.getBytesList().getValue(0).asReadOnlyByteBuffer();
      bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      return values;
    }
    if (feature.getFloatList().getValueCount() != wanted) {
      throw refuse(
          wanted + " numbers as \"" + format.input() + "\"",
          kind(feature, feature.getFloatList().getValueCount()));
    }
    return floats(feature);
  }
}
