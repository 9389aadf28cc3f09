package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher itself, in bash, with a small program in Kerava's place: from where it starts. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest extends LauncherCheckouts {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "with space",
        "a:b",
        ":",
        "a;b",
        "a!b",
        "star*",
        "*",
        "question?",
        "percent%20%",
        "#hash",
        "$HOME",
        "$(false)",
        "`false`",
        "quote'",
        "double\"quote",
        "back\\slash",
        "[ab]",
        "{a,b}",
        "~",
        "&",
        "|",
        "<>",
        "(a)",
        "-v",
        "--",
        "line\nend",
        "line end\n",
        "tab\tstop",
        "umläut",
        "日本語",
        " ",
        " around ",
        "a=b",
        "a@b",
        "@file",
        "a,b",
        ".hidden",
        "..."
      })
  void startsInAnyFolder(String name) throws IOException {
    assumeTrue(
        Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode(name),
        "this locale has no such names");
    Checkout checkout = Checkout.built(folder.resolve(name), fake);
    assertEquals(WELL, checkout.start());
    assertEquals(0, checkout.builds());
  }

  /** Java would take the rest for the name of a file in an archive. */
  @Test
  void buildsBesideAFolderThatEndsLikeAnArchive() throws IOException {
    Checkout checkout = Checkout.built(folder.resolve("ends!"), fake);
    assertEquals(WELL.out(), checkout.start().out());
    assertEquals(WELL, checkout.start());
    assertEquals(1, checkout.builds());
  }

  @Test
  void saysWhichRepositoryJavaCannotRead() throws IOException {
    Checkout checkout = Checkout.built(folder.resolve("place"), fake);
    for (String name : List.of("r!", "r\nr")) {
      Path repository = Files.createDirectories(folder.resolve(name));
      Files.copy(fake.resolve("library.jar"), repository.resolve("library.jar"));
      Files.deleteIfExists(checkout.target().resolve("app.jar"));
      Run run = checkout.with("REPOSITORY", repository.toString()).start();
      assertEquals(1, run.code());
      String last = run.err().lines().skip(1).reduce("", (a, b) -> a + b);
      assertTrue(last.matches("kerava: expected a (Maven repository|library).*"), run.err());
    }
  }

  @Test
  void startsByAnyPath() throws IOException {
    Checkout checkout = Checkout.built(folder.resolve("-v"), fake);
    assertEquals(WELL, checkout.start("bash", "--", "-v/kerava", "a b"));
    assertEquals(WELL, checkout.start("./-v/../-v//kerava", "a b"));
    Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("-v/kerava"));
    Path two = Files.createSymbolicLink(folder.resolve("two"), one);
    assertEquals(WELL, checkout.start(two.toString(), "a b"));
    assertEquals(WELL, checkout.start("bash", "two", "a b"));
    Files.createSymbolicLink(folder.resolve("to:it"), folder.resolve("-v"));
    assertEquals(WELL, checkout.start(folder.resolve("to:it/kerava").toString(), "a b"));
    checkout.with("PATH", folder.resolve("-v") + ":" + System.getenv("PATH"));
    assertEquals(WELL, checkout.start("bash", "-c", "exec kerava 'a b'"));
    checkout.with("CDPATH", folder.toString());
    assertEquals(WELL, checkout.start("bash", "--", "-v/kerava", "a b"));
  }

  @Test
  void startsBelowAVeryLongPath() throws IOException {
    Path place = folder;
    while (place.toString().length() < 3700) {
      place = place.resolve("0123456789 ".repeat(20).strip());
    }
    assertEquals(WELL, Checkout.built(place, fake).start());
  }

  @Test
  void givesWordsOnAsTheyAre() throws IOException {
    Checkout checkout = Checkout.built(folder.resolve("a:b"), fake);
    Run run = checkout.start("a:b/kerava", "", "*", "$HOME", "a\nb", "-x", "ä");
    assertEquals(new Run(0, "one, two||*|$HOME|a\nb|-x|ä", ""), run);
  }

  @Test
  void findsItsPlaceForLinks() throws IOException {
    Path place = folder.resolve("a:b");
    Checkout checkout = Checkout.built(place, fake);
    assertEquals(WELL, checkout.with("HOME", null).start());
    assertEquals(WELL, checkout.with("HOME", "/dev/null").start());
    assertEquals(WELL, checkout.with("XDG_CACHE_HOME", folder.resolve("c d").toString()).start());
    assertEquals(WELL, checkout.with("XDG_CACHE_HOME", folder.resolve("e:f").toString()).start());
    assertFalse(Files.exists(folder.resolve("e:f")));
    Run refused = checkout.with("TMPDIR", "/dev/null").start();
    assertEquals(1, refused.code());
    assertTrue(
        refused
            .err()
            .startsWith("kerava: expected a path without \":\", \"!\" and line ends, or a"),
        refused.err());
    assertEquals(1, refused.err().lines().count());
  }

  @Test
  void linksBesideOthersCodeAreRefused() throws IOException {
    Checkout checkout = Checkout.built(folder.resolve("a:b"), fake).with("HOME", null);
    Path shared = fake.resolve("tmp");
    String user = Checkout.finish(checkout.begin("id", "-u")).out().strip();
    Path planted = Files.createSymbolicLink(shared.resolve("kerava-" + user), folder);
    assertEquals(1, checkout.start().code());
    Files.delete(planted);
    assertEquals(WELL, checkout.start());
  }

  @Test
  void correctsALinkThatLeadsElsewhere() throws IOException {
    Checkout checkout = Checkout.built(folder.resolve("a:b"), fake);
    assertEquals(WELL, checkout.start());
    Path links = fake.resolve("home/.cache/kerava/launcher");
    List<Path> all;
    try (var files = Files.list(links)) {
      all = files.toList();
    }
    assertEquals(2, all.size(), "one for the checkout, one for its library");
    for (Path link : all) {
      Files.delete(link);
      Files.createSymbolicLink(link, fake);
    }
    assertEquals(WELL, checkout.start());
    for (Path link : all) {
      assertFalse(Files.isSameFile(link, fake));
    }
  }

  @Test
  void saysWhatIsWrongWithJava() throws IOException {
    Checkout checkout = Checkout.built(folder.resolve("place"), fake);
    for (String odd : List.of(folder.toString(), "/nowhere", "no where", "/dev/null", "*", "-v")) {
      assertEquals(
          new Run(
              1, "", "kerava: JAVA_HOME: expected a folder with bin/java, got \"" + odd + "\".\n"),
          checkout.with("JAVA_HOME", odd).start());
    }
    Files.createDirectories(folder.resolve("jdk/bin/java"));
    assertEquals(1, checkout.with("JAVA_HOME", folder.resolve("jdk").toString()).start().code());
    Path linked = Files.createSymbolicLink(folder.resolve("a jdk"), home());
    assertEquals(WELL, checkout.with("JAVA_HOME", linked.toString()).start());
    assertEquals(WELL, checkout.with("JAVA_HOME", linked + "/").start());
    assertEquals(WELL, checkout.with("JAVA_HOME", "a jdk").start());
    checkout.with("PATH", home().resolve("bin") + ":" + System.getenv("PATH"));
    assertEquals(WELL, checkout.with("JAVA_HOME", "").start());
    assertEquals(WELL, checkout.with("JAVA_HOME", null).start());
  }

  private static Path home() {
    return Path.of(System.getProperty("java.home"));
  }

  @Test
  void takesOptionsOverLines() throws IOException {
    Checkout checkout = Checkout.built(folder.resolve("place"), fake);
    checkout.with("KERAVA_JAVA_OPTS", " -Da=b\n  -showversion\n");
    Run run = checkout.start();
    assertEquals(WELL.out(), run.out());
    assertTrue(run.err().contains("version"), run.err());
  }

  @Test
  void readsNamesWhereTheLocaleIsNotInstalled() throws IOException {
    Checkout checkout = Checkout.built(folder.resolve("place"), fake);
    for (String locale : List.of("xx_XX.UTF-8", "POSIX", "C", "")) {
      assertEquals("one, two|ä", checkout.with("LC_ALL", locale).start("place/kerava", "ä").out());
    }
  }
}
