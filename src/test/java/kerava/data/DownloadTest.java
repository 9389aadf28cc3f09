package kerava.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DownloadTest {
  private static final int SIZE = 300_000;
  private static final Download.Patience IMPATIENT =
      new Download.Patience(3, Duration.ofMillis(5), Duration.ofMillis(400));

  @TempDir Path folder;

  private final byte[] file = new byte[SIZE];
  private final List<Long> heard = Collections.synchronizedList(new ArrayList<>());
  private Path target;
  private Path part;

  @BeforeEach
  void makeFile() {
    new Random(1).nextBytes(file);
    target = folder.resolve("cache/file.bin");
    part = folder.resolve("cache/file.bin.part");
  }

  @Test
  void fetchesAFile() throws IOException {
    try (LocalServer server = new LocalServer(file)) {
      fetch(server);
      assertArrayEquals(file, Files.readAllBytes(target));
      assertEquals(List.of("all"), server.requests());
    }
    assertFalse(Files.exists(part));
  }

  @Test
  void tellsHowItGoesOn() throws IOException {
    try (LocalServer server = new LocalServer(file, LocalServer.hangUpAfter(100_000))) {
      fetch(server);
    }
    List<Long> sorted = heard.stream().sorted().toList();
    assertEquals(sorted, heard);
    assertEquals(SIZE, sorted.get(sorted.size() - 1));
  }

  @Test
  void goesOnWhereItWasInterrupted() throws IOException {
    try (LocalServer server =
        new LocalServer(file, LocalServer.hangUpAfter(100_000), LocalServer.hangUpAfter(250_000))) {
      fetch(server);
      assertEquals(List.of("all", "bytes=100000-", "bytes=250000-"), server.requests());
    }
    assertArrayEquals(file, Files.readAllBytes(target));
  }

  @Test
  void goesOnWhereAnEarlierRunEnded() throws IOException {
    leave(Arrays.copyOf(file, 120_000));
    try (LocalServer server = new LocalServer(file)) {
      fetch(server);
      assertEquals(List.of("bytes=120000-"), server.requests());
    }
    assertArrayEquals(file, Files.readAllBytes(target));
    assertFalse(Files.exists(part));
  }

  @Test
  void needsNothingMoreIfAnEarlierRunGotAll() throws IOException {
    leave(file);
    try (LocalServer server = new LocalServer(file)) {
      fetch(server);
    }
    assertArrayEquals(file, Files.readAllBytes(target));
  }

  @Test
  void beginsAnewIfWhatAnEarlierRunLeftIsWrong() throws IOException {
    leave(new byte[120_000]);
    try (LocalServer server = new LocalServer(file)) {
      fetch(server);
      assertEquals(List.of("bytes=120000-", "all"), server.requests());
    }
    assertArrayEquals(file, Files.readAllBytes(target));
  }

  @Test
  void beginsAnewIfAnEarlierRunLeftTooMuch() throws IOException {
    leave(new byte[SIZE + 1]);
    try (LocalServer server = new LocalServer(file)) {
      fetch(server);
    }
    assertArrayEquals(file, Files.readAllBytes(target));
  }

  @Test
  void takesTheWholeFromAServerThatCannotGoOn() throws IOException {
    leave(Arrays.copyOf(file, 120_000));
    try (LocalServer server = new LocalServer(file, LocalServer::ignoreRange)) {
      fetch(server);
    }
    assertArrayEquals(file, Files.readAllBytes(target));
  }

  @Test
  void triesAgainIfTheServerIsBusy() throws IOException {
    try (LocalServer server =
        new LocalServer(file, LocalServer.status(503), LocalServer.status(429))) {
      fetch(server);
      assertEquals(3, server.requests().size());
    }
    assertArrayEquals(file, Files.readAllBytes(target));
  }

  @Test
  void triesAgainIfNothingComesAnyMore() throws IOException {
    try (LocalServer server = new LocalServer(file, LocalServer::stall)) {
      fetch(server);
      assertEquals(List.of("all", "bytes=150000-"), server.requests());
    }
    assertArrayEquals(file, Files.readAllBytes(target));
  }

  @Test
  void givesUpIfTheServerStaysBusy() throws IOException {
    LocalServer.Answer busy = LocalServer.status(503);
    try (LocalServer server = new LocalServer(file, busy, busy, busy, busy)) {
      assertEquals(
          ("file.bin: expected the whole of %s, got 0 bytes and then status 503. Try again"
                  + " later to go on from there.")
              .formatted(server.uri()),
          refused(server));
      assertEquals(3, server.requests().size());
    }
    assertNothingLeft();
  }

  @Test
  void keepsWhatCameWhenItGivesUp() throws IOException {
    LocalServer.Answer busy = LocalServer.status(503);
    try (LocalServer server =
        new LocalServer(file, LocalServer.hangUpAfter(100_000), busy, busy, busy)) {
      String message = refused(server);
      assertTrue(message.contains("got 100000 bytes and then status 503"), message);
      assertEquals(100_000, Files.size(part));
      fetch(server);
    }
    assertArrayEquals(file, Files.readAllBytes(target));
  }

  @Test
  void refusesWhatIsNotThere() throws IOException {
    try (LocalServer server = new LocalServer(file, LocalServer.status(404))) {
      assertEquals(
          "file.bin: expected status 200 from %s, got 404. Has it moved?".formatted(server.uri()),
          refused(server));
      assertEquals(1, server.requests().size());
    }
    assertNothingLeft();
  }

  @Test
  void refusesAWrongFile() throws IOException {
    byte[] other = "<html>Please log in</html>".getBytes(UTF_8);
    try (LocalServer server = new LocalServer(other)) {
      assertEquals(
          ("file.bin: expected MD5 checksum %s, got %s from %s. Does a proxy or a login page"
                  + " answer in its place?")
              .formatted(md5(file), md5(other), server.uri()),
          refused(server));
    }
    assertNothingLeft();
  }

  @Test
  void passesTheNewsOnIfThereIsNoServer() throws IOException {
    URI closed;
    try (LocalServer server = new LocalServer(file)) {
      closed = server.uri();
    }
    Download download = new Download(closed, md5(file), IMPATIENT, (from, bytes, total) -> {});
    assertThrows(ConnectException.class, () -> download.to(target));
    assertNothingLeft();
  }

  @Test
  void refusesToShareItsFileWithAnotherDownload() throws IOException {
    leave(Arrays.copyOf(file, 10));
    try (LocalServer server = new LocalServer(file);
        FileChannel other = FileChannel.open(part, StandardOpenOption.WRITE);
        var lock = other.lock()) {
      assertTrue(lock.isValid());
      assertEquals(
          "file.bin: expected to be alone, got another download of it. Wait until that one"
              + " is done.",
          refused(server));
    }
    assertEquals(10, Files.size(part));
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file where a folder should be");
    try (LocalServer server = new LocalServer(file)) {
      String message = refused(server);
      assertTrue(message.startsWith("file.bin: expected to write to " + part), message);
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  void endsAtOnceIfTheDiskIsFull() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "needs a device that is always full");
    Files.createDirectories(part.getParent());
    Files.createSymbolicLink(part, Path.of("/dev/full"));
    try (LocalServer server = new LocalServer(file)) {
      String message = refused(server);
      assertTrue(message.startsWith("file.bin: expected to write to it, got: "), message);
      assertEquals(1, server.requests().size());
    }
    assertNothingLeft();
  }

  private void leave(byte[] bytes) throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, bytes);
  }

  private Download download(LocalServer server) {
    return new Download(
        server.uri(), md5(file), IMPATIENT, (from, bytes, total) -> heard.add(bytes));
  }

  private void fetch(LocalServer server) throws IOException {
    download(server).to(target);
  }

  private String refused(LocalServer server) {
    Download download = download(server);
    return assertThrows(DatasetException.class, () -> download.to(target)).getMessage();
  }

  private void assertNothingLeft() throws IOException {
    try (var files = Files.list(target.getParent())) {
      assertEquals(List.of(), files.toList());
    }
  }

  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
