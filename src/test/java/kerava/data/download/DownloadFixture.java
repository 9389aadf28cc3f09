package kerava.data.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import kerava.files.DatasetException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A file to fetch, and the place that it is for. */
abstract class DownloadFixture {
  static final int SIZE = 300_000;

  static final Download.RetryPolicy IMPATIENT =
      new Download.RetryPolicy(3, Duration.ofMillis(5), Duration.ofSeconds(2));

  @TempDir Path folder;

  final byte[] file = new byte[SIZE];
  final List<Long> heard = Collections.synchronizedList(new ArrayList<>());
  Path target;
  Path part;

  @BeforeEach
  void makeFile() {
    new Random(1).nextBytes(file);
    target = folder.resolve("cache/file.bin");
    part = folder.resolve("cache/file.bin.part");
  }

  void leave(byte[] bytes) throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, bytes);
  }

  Download download(LocalServer server) {
    return download(server.uri(), FileDigests.of(file));
  }

  Download download(URI from, FileDigests sums) {
    return new Download(from, sums, IMPATIENT, (place, bytes, total) -> heard.add(bytes));
  }

  void fetch(LocalServer server) throws IOException {
    download(server).to(target);
  }

  String refused(LocalServer server) {
    Download download = download(server);
    return assertThrows(DatasetException.class, () -> download.to(target)).getMessage();
  }

  void assertNothingLeft() throws IOException {
    try (var files = Files.list(target.getParent())) {
      assertEquals(List.of(), files.toList());
    }
  }
}
