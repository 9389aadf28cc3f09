package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the launcher builds at a first start, and when it builds again. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherBuildTest extends LauncherCheckouts {
  @Test
  void buildsWhatIsNotThere() throws IOException {
    for (String name : List.of("plain", "a:b", "line end\n")) {
      Checkout checkout = Checkout.fresh(folder.resolve(name), fake);
      int before = checkout.builds();
      Run run = checkout.start();
      assertEquals(WELL.out(), run.out(), run.err());
      assertTrue(run.err().startsWith("kerava: building (first start;"), run.err());
      assertEquals(WELL, checkout.start());
      assertEquals(before + 1, checkout.builds());
    }
  }

  @Test
  void buildsAgainWhereSomethingIsGoneOrBroken() throws IOException {
    Path place = folder.resolve("place");
    Checkout checkout = Checkout.fresh(place, fake);
    assertEquals(0, checkout.start().code());
    Path jar = checkout.target().resolve("app.jar");
    Path classpath = checkout.target().resolve("classpath");
    byte[] half = Arrays.copyOf(Files.readAllBytes(jar), 300);
    List<Damage> damages =
        List.of(
            () -> Files.delete(fake.resolve("repository/library.jar")),
            () -> Files.delete(jar),
            () -> Files.write(jar, new byte[0]),
            () -> Files.write(jar, half),
            () -> Files.write(classpath, new byte[0]),
            () -> Files.writeString(classpath, "/nowhere/a b.jar\n/nowhere/*\n"),
            () -> Files.writeString(place.resolve("src/main/java/New.java"), ""),
            () -> touch(place.resolve("kerava")),
            () -> touch(place.resolve("pom.xml")));
    for (Damage damage : damages) {
      int before = checkout.builds();
      damage.done();
      Run run = checkout.start();
      assertEquals(WELL.out(), run.out(), run.err());
      assertEquals(before + 1, checkout.builds());
      assertEquals(WELL, checkout.start());
    }
  }

  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusMillis(50)));
    waitPast(file);
  }

  /** What is built has to be younger than its sources. */
  private static void waitPast(Path file) throws IOException {
    while (!Instant.now().isAfter(Files.getLastModifiedTime(file).toInstant().plusMillis(20))) {
      Thread.onSpinWait();
    }
  }

  /** What happens to a checkout between two starts. */
  private interface Damage {
    void done() throws IOException;
  }

  @Test
  void leavesNothingOfAKilledBuild() throws IOException {
    Checkout checkout = Checkout.fresh(folder.resolve("place"), fake);
    Files.createFile(fake.resolve("killed"));
    assertTrue(checkout.start().code() != 0);
    Path half = Files.createDirectories(checkout.target().resolve("classes")).resolve("Half.class");
    Files.createFile(half);
    Files.delete(fake.resolve("killed"));
    Run run = checkout.start();
    assertEquals(WELL.out(), run.out(), run.err());
    assertFalse(Files.exists(half));
    assertEquals(WELL, checkout.start());
  }

  @Test
  void saysThatABuildFailed() throws IOException {
    Checkout checkout = Checkout.fresh(folder.resolve("place"), fake);
    Files.delete(fake.resolve("app.jar"));
    Run run = checkout.start();
    assertEquals(1, run.code());
    assertTrue(run.err().endsWith("kerava: the build failed; Maven's messages stand above.\n"));
    assertEquals("", run.out());
  }

  @Test
  void refusesAnotherLibraryThanIsListed() throws IOException {
    Checkout checkout = Checkout.fresh(folder.resolve("place"), fake);
    Path library = fake.resolve("library.jar");
    byte[] right = Files.readAllBytes(library);
    byte[] other = right.clone();
    other[other.length - 1] ^= 1;
    Files.write(library, other);
    for (int i = 0; i < 2; i++) {
      Run run = checkout.start();
      assertEquals(1, run.code());
      assertEquals("", run.out());
      String last = run.err().lines().skip(1).reduce("", (a, b) -> a + b);
      assertTrue(last.startsWith("library.jar: expected the SHA-256 checksum that ci/"), run.err());
    }
    Files.write(library, right);
    assertEquals(WELL.out(), checkout.start().out());
  }

  /** Those that this test runs with, against the list that the launcher asks. */
  @Test
  void librariesAreThoseThatAreListed() throws IOException {
    String paths =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>(List.of("bash", "ci/libraries"));
    Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(paths)
        .filter(path -> path.endsWith(".jar") && !path.contains("surefire"))
        .forEach(command::add);
    assertTrue(command.stream().anyMatch(jar -> jar.contains("tensorflow-core-native")), paths);
    Run run = Checkout.finish(new ProcessBuilder(command).start());
    assertEquals(new Run(0, "", ""), run);
    Path unlisted = Files.copy(fake.resolve("app.jar"), folder.resolve("unlisted.jar"));
    run = Checkout.finish(new ProcessBuilder("bash", "ci/libraries", unlisted.toString()).start());
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("unlisted.jar: expected the SHA-256 checksum that"), run.err());
  }

  @Test
  void twoFirstStartsBuildOnce() throws IOException {
    Checkout checkout = Checkout.fresh(folder.resolve("a:b"), fake);
    Files.createFile(fake.resolve("slow"));
    List<Process> starts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      starts.add(checkout.begin("a:b/kerava", "a b"));
    }
    for (Process start : starts) {
      Run run = Checkout.finish(start);
      assertEquals(WELL.out(), run.out(), run.err());
    }
    assertEquals(1, checkout.builds());
  }

  @Test
  void buildsBesideACheckoutThatCannotBeWrittenTo() throws IOException {
    Path place = folder.resolve("place");
    Checkout checkout = Checkout.fresh(place, fake);
    // Root may write anywhere, but not to a folder that cannot be.
    Files.createSymbolicLink(place.resolve("target"), Path.of("/dev/null/nothing"));
    Run run = checkout.start();
    assertEquals(WELL.out(), run.out(), run.err());
    assertEquals(WELL, checkout.start());
    assertEquals(1, checkout.builds());
    Run refused = checkout.with("HOME", null).with("TMPDIR", "/dev/null").start();
    assertEquals(1, refused.code());
    assertTrue(
        refused.err().contains("expected a folder to build in, got one that"), refused.err());
  }
}
