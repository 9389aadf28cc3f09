package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerava.data.Dataset;
import kerava.data.RecordFormat;
import kerava.data.TfRecords;
import kerava.files.RecordWriter;
import kerava.optimizers.Adam;
import kerava.train.graph.BatchOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;

/** Training on samples that stay on the disk. */
final class StreamingTest {
  @TempDir Path folder;

  @Test
  void givesTheWeightsThatTheSameSamplesInMemoryGive() throws IOException {
    Dataset memory = KilledTraining.data(1, 60);
    Path file = folder.resolve("x.tfrecord");
    TfRecords.write(memory, file);
    Dataset disk = TfRecords.open(List.of(file), RecordFormat.images(8, 8));
    assertFalse(disk.inMemory());
    List<Object> ends = new ArrayList<>();
    for (Dataset data : List.of(memory, disk)) {
      try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
        History history =
            trainer.fit(data, Fit.epochs(2).batchSize(9).shuffleBuffer(20).validation(data));
        ends.add(List.of(history.metrics(), trainer.weights()));
      }
    }
    assertEquals(ends.get(0), ends.get(1));
  }

  @Test
  void aShuffleBufferReadsEachSampleOnceAndNearItsPlace() {
    for (int buffer : new int[] {1, 10, 1000, 5000}) {
      int[] order = all(BatchOrder.buffered(1000, 32, new BatchOrder.Shuffling(7, 0, buffer)));
      assertArrayEquals(IntStream.range(0, 1000).toArray(), IntStream.of(order).sorted().toArray());
      for (int i = 0; i < order.length; i++) {
        assertTrue(order[i] < i + buffer, "sample " + order[i] + " was read at " + i);
      }
      assertArrayEquals(
          order, all(BatchOrder.buffered(1000, 32, new BatchOrder.Shuffling(7, 0, buffer))));
    }
    assertArrayEquals(
        IntStream.range(0, 1000).toArray(),
        all(BatchOrder.buffered(1000, 32, new BatchOrder.Shuffling(7, 0, 1))));
    assertFalse(
        java.util.Arrays.equals(
            all(BatchOrder.buffered(1000, 32, new BatchOrder.Shuffling(7, 0, 100))),
            all(BatchOrder.buffered(1000, 32, new BatchOrder.Shuffling(7, 1, 100)))));
  }

  private static int[] all(BatchOrder order) {
    return IntStream.range(0, order.batches()).flatMap(i -> IntStream.of(order.batch(i))).toArray();
  }

  @Test
  void holdsNoMoreThanAFewBatches() throws IOException, InterruptedException {
    Path file = folder.resolve("large.tfrecord");
    int count = 4000;
    try (RecordWriter writer =
        new RecordWriter(new BufferedOutputStream(Files.newOutputStream(file)))) {
      FloatList.Builder input = FloatList.newBuilder();
      IntStream.range(0, 64 * 64 * 3).forEach(i -> input.addValue(i % 7));
      Feature pixels = Feature.newBuilder().setFloatList(input).build();
      for (int i = 0; i < count; i++) {
        Int64List label = Int64List.newBuilder().addValue(i % 4).build();
        Features features =
            Features.newBuilder()
                .putFeature("input", pixels)
                .putFeature("label", Feature.newBuilder().setInt64List(label).build())
                .build();
        writer.write(Example.newBuilder().setFeatures(features).build().toByteArray());
      }
    }
    // 190 MB of samples.
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                StreamedTraining.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String out =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    assertTrue(out.contains("trained on " + count), out);
  }
}
