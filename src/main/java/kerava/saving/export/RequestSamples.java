package kerava.saving.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kerava.graph.Array;
import kerava.graph.Graphs;
import kerava.graph.Rows;
import kerava.graph.Tensors;
import kerava.images.Scaling;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Samples of a batch in the forms in which a client may send them. */
final class RequestSamples {
  private RequestSamples() {}

  /** The first samples of a batch. */
  static Array first(Array batch, int count) {
    return Rows.range(batch, 0, count);
  }

  /** A batch as the model takes it: bytes of pixels are scaled. */
  static Array floats(Array batch, Scaling scaling) {
    return batch.type() == Array.Type.UINT8 ? scaling.apply(batch) : batch;
  }

  /** A batch as bytes of pixels: what the arithmetic makes the batch of, as nearly as bytes can. */
  static Array pixels(Array batch, Scaling scaling) {
    float[] values = scaling.invert(batch.to(Array.Type.FLOAT32).floats(), channels(batch));
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(values[i])));
    }
    return Array.of(pixels, batch.shape().asArray());
  }

  private static int channels(Array batch) {
    return Math.toIntExact(batch.shape().get(batch.shape().numDimensions() - 1));
  }

  /** The bytes of each sample. */
  static List<byte[]> bytes(Array pixels) {
    int count = Math.toIntExact(pixels.shape().get(0));
    int size = pixels.size() / count;
    List<byte[]> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(Arrays.copyOfRange(pixels.bytes(), i * size, (i + 1) * size));
    }
    return samples;
  }

  /** Each sample, of shape (height, width, channels), as a PNG file. */
  static List<byte[]> png(Array pixels) {
    Shape shape = pixels.shape().subShape(1, 4);
    List<byte[]> files = new ArrayList<>();
    try (Graph graph = Graphs.empty()) {
      Ops tf = Ops.create(graph);
      Operand<TUint8> image = tf.placeholder(TUint8.class);
      Operand<TString> file = tf.image.encodePng(image);
      try (Session session = Graphs.onHost(graph)) {
        for (byte[] sample : bytes(pixels)) {
          try (Tensor tensor = Tensors.of(Array.of(sample, shape.asArray()));
              Result result = session.runner().feed(image, tensor).fetch(file).run()) {
            files.add(((TString) result.get(0)).asBytes().getObject());
          }
        }
      }
    }
    return files;
  }
}
