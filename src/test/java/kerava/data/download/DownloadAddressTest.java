package kerava.data.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import kerava.files.DatasetException;
import org.junit.jupiter.api.Test;

/** Where files are fetched from, at once or behind a redirection. */
final class DownloadAddressTest extends DownloadFixture {
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
}
