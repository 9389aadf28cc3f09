package kerava.data;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import kerava.graph.Array;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.Int64List;

/** Records of random images. */
abstract class TfRecordsFixture {
  static final RecordFormat IMAGES = RecordFormat.images(5, 4);

  @TempDir Path folder;

  static Dataset images(int count) {
    byte[] pixels = new byte[count * 5 * 4 * 3];
    new Random(3).nextBytes(pixels);
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> i * 7 % 4);
    return Dataset.of(Array.of(pixels, count, 5, 4, 3), Array.of(labels, count));
  }

  Path written(Dataset data, String name) throws IOException {
    Path file = folder.resolve(name);
    TfRecords.write(data, file);
    return file;
  }

  static byte[] example(String image, byte[] bytes, String label, long... numbers) {
    Int64List.Builder list = Int64List.newBuilder();
    Arrays.stream(numbers).forEach(list::addValue);
    BytesList input = BytesList.newBuilder().addValue(ByteString.copyFrom(bytes)).build();
    return Example.newBuilder()
        .setFeatures(
            Features.newBuilder()
                .putFeature(image, Feature.newBuilder().setBytesList(input).build())
                .putFeature(label, Feature.newBuilder().setInt64List(list).build()))
        .build()
        .toByteArray();
  }
}
