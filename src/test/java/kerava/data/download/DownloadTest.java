package kerava.data.download;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import kerava.files.DatasetException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DownloadTest {
  private static final int SIZE = 300_000;
  private static final Download.RetryPolicy IMPATIENT =
      new Download.RetryPolicy(3, Duration.ofMillis(5), Duration.ofSeconds(2));

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
          ("file.bin: expected SHA-256 checksum %s, got %s from %s. Does a proxy or a login page"
                  + " answer in its place?")
              .formatted(
                  FileDigests.of(file).sha256(), FileDigests.of(other).sha256(), server.uri()),
          refused(server));
    }
    assertNothingLeft();
  }

  @Test
  void asksBothChecksums() throws IOException {
    FileDigests right = FileDigests.of(file);
    for (FileDigests wrong :
        List.of(new FileDigests(right.md5(), "0"), new FileDigests("0", right.sha256()))) {
      try (LocalServer server = new LocalServer(file)) {
        Download download = download(server.uri(), wrong);
        String message =
            assertThrows(DatasetException.class, () -> download.to(target)).getMessage();
        String name = wrong.md5().equals("0") ? "MD5" : "SHA-256";
        assertTrue(message.startsWith("file.bin: expected " + name + " checksum 0, got"), message);
      }
      assertNothingLeft();
    }
  }

  @Test
  void knowsTheChecksumsOfAnExample() throws IOException {
    FileDigests sums =
        new FileDigests(
            "900150983cd24fb0d6963f7d28e17f72",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertEquals(sums, FileDigests.of("abc".getBytes(UTF_8)));
    Path abc = Files.writeString(folder.resolve("abc"), "abc");
    try (FileChannel channel = FileChannel.open(abc)) {
      assertEquals(sums, FileDigests.of(channel));
    }
  }

  @Test
  void asksOverHttpsOnly() {
    for (String address :
        List.of("http://example.invalid/f", "ftp://127.0.0.1/f", "file:///etc/hostname", "f")) {
      Download download = download(URI.create(address), FileDigests.of(file));
      assertEquals(
          "file.bin: expected an address of HTTPS, got " + address + ".",
          assertThrows(DatasetException.class, () -> download.to(target)).getMessage());
    }
    assertFalse(Files.exists(target.getParent()));
  }

  @Test
  void goesWithoutHttpsNowhereFromHttps() {
    Download outside = download(URI.create("https://example.invalid/f"), FileDigests.of(file));
    assertTrue(outside.allows(URI.create("HTTPS://elsewhere.invalid/f")));
    assertFalse(outside.allows(URI.create("http://elsewhere.invalid/f")));
    assertFalse(outside.allows(URI.create("http://127.0.0.1/f")));
    Download within = download(URI.create("http://localhost/f"), FileDigests.of(file));
    assertTrue(within.allows(URI.create("http://[::1]:80/f")));
    assertFalse(within.allows(URI.create("http://127.0.0.1.elsewhere.invalid/f")));
    assertFalse(within.allows(URI.create("//127.0.0.1/f")));
  }

  @Test
  void followsARedirection() throws IOException {
    leave(Arrays.copyOf(file, 120_000));
    try (LocalServer there = new LocalServer(file);
        LocalServer here = new LocalServer(file, LocalServer.redirect(307, there.uri() + ""))) {
      fetch(here);
      assertEquals(List.of("bytes=120000-"), there.requests());
    }
    assertArrayEquals(file, Files.readAllBytes(target));
  }

  @Test
  void followsARelativeRedirection() throws IOException {
    try (LocalServer server = new LocalServer(file, LocalServer.redirect(301, "other.bin"))) {
      fetch(server);
      assertEquals(2, server.requests().size());
    }
    assertArrayEquals(file, Files.readAllBytes(target));
  }

  @Test
  void refusesARedirectionThatIsNotSafe() throws IOException {
    for (int status : List.of(301, 302, 303, 307, 308)) {
      String place = "http://elsewhere.invalid/file.bin";
      try (LocalServer server = new LocalServer(file, LocalServer.redirect(status, place))) {
        assertEquals(
            "file.bin: expected a redirection of %s to an address of HTTPS, got http://elsewhere.invalid."
                .formatted(server.uri()),
            refused(server));
        assertEquals(1, server.requests().size());
      }
      assertNothingLeft();
    }
  }

  @Test
  void refusesARedirectionToNowhere() throws IOException {
    try (LocalServer server = new LocalServer(file, LocalServer.redirect(302, "http://[:"))) {
      assertTrue(refused(server).endsWith("to an address of HTTPS, got none."));
    }
    assertNothingLeft();
  }

  @Test
  void endsACircleOfRedirections() throws IOException {
    LocalServer.Answer again = LocalServer.redirect(302, "file.bin");
    try (LocalServer server =
        new LocalServer(file, again, again, again, again, again, again, again)) {
      assertEquals("file.bin: expected at most 5 redirections, got more.", refused(server));
      assertEquals(6, server.requests().size());
    }
    assertNothingLeft();
  }

  @Test
  void passesTheNewsOnIfThereIsNoServer() throws IOException {
    URI closed;
    try (LocalServer server = new LocalServer(file)) {
      closed = server.uri();
    }
    Download download = download(closed, FileDigests.of(file));
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
    return download(server.uri(), FileDigests.of(file));
  }

  private Download download(URI from, FileDigests sums) {
    return new Download(from, sums, IMPATIENT, (place, bytes, total) -> heard.add(bytes));
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
}
