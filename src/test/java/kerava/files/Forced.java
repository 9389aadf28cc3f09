package kerava.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** What Java has the system put on the disk, as its own recorder tells. */
public final class Forced {
  private Forced() {}

  /** The files and folders that are flushed while something is done, in order. */
  public static List<Path> during(Callable<?> work) throws Exception {
    Path file = Files.createTempFile("forced", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withoutThreshold();
      recording.start();
      work.call();
      recording.stop();
      recording.dump(file);
      return read(file);
    } finally {
      Files.delete(file);
    }
  }

  private static List<Path> read(Path file) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("jdk.FileForce"))
        .sorted((one, other) -> one.getStartTime().compareTo(other.getStartTime()))
        .map(event -> Path.of(event.getString("path")))
        .toList();
  }
}
