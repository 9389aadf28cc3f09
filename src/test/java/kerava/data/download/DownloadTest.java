package kerava.data.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DownloadTest extends DownloadFixture {
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
}
