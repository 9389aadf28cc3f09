package kerava.train.callbacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kerava.files.RecordFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.TensorProto;

/** What stands in a file of TensorBoard's events. */
final class EventLogTest {
  @TempDir Path folder;

  private List<Event> events() throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        for (byte[] record : RecordFile.read(file)) {
          events.add(Event.parseFrom(record));
        }
      }
    }
    return events;
  }

  @Test
  void beginsWithTheVersionAndTellsTheTimeInSeconds() throws IOException {
    double before = System.currentTimeMillis() / 1e3;
    try (EventLog log = new EventLog(folder)) {
      log.scalar("epoch_loss", 3, 0.5);
    }
    double after = System.currentTimeMillis() / 1e3;
    List<Event> events = events();
    assertEquals(2, events.size());
    assertEquals("brain.Event:2", events.get(0).getFileVersion());
    for (Event event : events) {
      assertTrue(before <= event.getWallTime() && event.getWallTime() <= after, event.toString());
    }
    assertEquals(3, events.get(1).getStep());
    Summary.Value value = events.get(1).getSummary().getValue(0);
    assertEquals("epoch_loss", value.getTag());
    assertEquals("scalars", value.getMetadata().getPluginData().getPluginName());
    assertEquals(List.of(0.5f), value.getTensor().getFloatValList());
  }

  @Test
  void holdsTheGraphAsItWasGiven() throws IOException {
    byte[] graph = {1, 2, 3};
    try (EventLog log = new EventLog(folder)) {
      log.graph(graph);
    }
    assertArrayEquals(graph, events().get(1).getGraphDef().toByteArray());
  }

  @Test
  void holdsTheEndsAndTheCountOfEachBucket() throws IOException {
    double[][] buckets = {{-1, 0, 4}, {0, 1, 2}};
    try (EventLog log = new EventLog(folder)) {
      log.histogram("kernel", 7, List.of(buckets));
    }
    Event event = events().get(1);
    assertEquals(7, event.getStep());
    Summary.Value value = event.getSummary().getValue(0);
    assertEquals("histograms", value.getMetadata().getPluginData().getPluginName());
    TensorProto tensor = value.getTensor();
    assertEquals(2, tensor.getTensorShape().getDim(0).getSize());
    assertEquals(3, tensor.getTensorShape().getDim(1).getSize());
    double[] numbers = new double[6];
    tensor
        .getTensorContent()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(numbers);
    assertArrayEquals(new double[] {-1, 0, 4, 0, 1, 2}, numbers);
  }

  @Test
  void goesOnWhereItWasAndDropsWhatStoodBehind() throws IOException {
    long began;
    long size;
    try (EventLog log = new EventLog(folder)) {
      log.scalar("a", 0, 1);
      log.flush();
      began = log.began();
      size = log.size();
      log.scalar("dropped", 1, 1);
    }
    try (EventLog log = new EventLog(folder)) {
      log.resume(began, size);
      assertEquals(began, log.began());
      log.scalar("b", 1, 1);
    }
    assertEquals(
        List.of("a", "b"),
        events().stream()
            .filter(Event::hasSummary)
            .map(event -> event.getSummary().getValue(0).getTag())
            .toList());
  }
}
