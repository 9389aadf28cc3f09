package kerava.data;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import kerava.Labels;
import kerava.data.images.ImagePixels;
import kerava.files.AtomicFile;
import kerava.files.RecordWriter;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;

/** Writes samples as records, some at a time. */
final class RecordsWriter {
  private static final int CHUNK = 256;

  private RecordsWriter() {}

  static void write(Dataset data, Path file) throws IOException {
    AtomicFile.write(
        file,
        draft -> {
          try (RecordWriter writer =
              new RecordWriter(new BufferedOutputStream(Files.newOutputStream(draft), 1 << 18))) {
            for (int from = 0; from < data.size(); from += CHUNK) {
              int to = Math.min(data.size(), from + CHUNK);
              int[] some = IntStream.range(from, to).toArray();
              Array inputs = whole(data.pixels(), data.inputs(some));
              Array labels = data.labels(some);
              for (int i = 0; i < some.length; i++) {
                writer.write(example(data.inputShape(), inputs, labels, i).toByteArray());
              }
            }
          }
        });
  }

  /** Pixels as bytes. */
  private static Array whole(boolean pixels, Array inputs) {
    if (!pixels || inputs.type() == Array.Type.UINT8) {
      return inputs;
    }
    return Array.of(ImagePixels.bytes(inputs.floats()), inputs.shape().asArray());
  }

  private static Example example(Shape shape, Array inputs, Array labels, int index)
      throws IOException {
    Features.Builder features = Features.newBuilder();
    int size = Math.toIntExact(shape.size());
    if (inputs.type() == Array.Type.UINT8) {
      features.putFeature("image", bytes(image(shape, inputs.bytes(), index * size)));
    } else {
      features.putFeature("input", floats(inputs.floats(), index * size, size));
    }
    if (labels.type() == Array.Type.INT32) {
      Int64List.Builder label =
          Int64List.newBuilder().addValue(Labels.onePerSample("RecordsWriter", labels)[index]);
      features.putFeature("label", Feature.newBuilder().setInt64List(label).build());
    } else {
      int width = labels.size() / Math.toIntExact(labels.shape().get(0));
      features.putFeature("label", floats(labels.floats(), index * width, width));
    }
    return Example.newBuilder().setFeatures(features).build();
  }

  private static Feature bytes(byte[] bytes) {
    BytesList list = BytesList.newBuilder().addValue(ByteString.copyFrom(bytes)).build();
    return Feature.newBuilder().setBytesList(list).build();
  }

  private static Feature floats(float[] values, int from, int count) {
    FloatList.Builder list = FloatList.newBuilder();
    for (int i = 0; i < count; i++) {
      list.addValue(values[from + i]);
    }
    return Feature.newBuilder().setFloatList(list).build();
  }

  private static byte[] image(Shape shape, byte[] pixels, int from) throws IOException {
    boolean grey = shape.numDimensions() == 3 && shape.get(2) == 1;
    boolean color = shape.numDimensions() == 3 && shape.get(2) == 3;
    if (!grey && !color) {
      return java.util.Arrays.copyOfRange(pixels, from, from + (int) shape.size());
    }
    int height = (int) shape.get(0);
    int width = (int) shape.get(1);
    int type = grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage image = new BufferedImage(width, height, type);
    int channels = grey ? 1 : 3;
    int[] samples = new int[width * height * channels];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = pixels[from + i] & 0xff;
    }
    image.getRaster().setPixels(0, 0, width, height, samples);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, "png", file);
    return file.toByteArray();
  }
}
