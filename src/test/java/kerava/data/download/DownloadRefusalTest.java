package kerava.data.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Arrays;
import java.util.List;
import kerava.files.DatasetException;
import org.junit.jupiter.api.Test;

/** Files that are not to be had, are wrong ones, or cannot be written. */
final class DownloadRefusalTest extends DownloadFixture {
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
}
