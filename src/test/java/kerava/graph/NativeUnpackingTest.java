package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that begin at the same moment, and find an empty cache. */
final class NativeUnpackingTest {
  @TempDir private Path folder;

  /** Loads the library and computes with it. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      System.out.println("version " + NativeTensorFlow.version());
    }
  }

  private Process start(Path cache, int number) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dorg.bytedeco.javacpp.cachedir=" + cache,
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName())
        .redirectErrorStream(true)
        .redirectOutput(log(number).toFile())
        .start();
  }

  private Path log(int number) {
    return folder.resolve("log" + number);
  }

  @Test
  void allOfThemLoadTheLibrary() throws Exception {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    List<Process> children = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      children.add(start(cache, i));
    }
    for (int i = 0; i < children.size(); i++) {
      assertTrue(children.get(i).waitFor(5, TimeUnit.MINUTES));
      String said = Files.readString(log(i));
      assertEquals(0, children.get(i).exitValue(), said);
      assertTrue(said.contains("version 2.18"), said);
    }
  }

  @Test
  void oneThatUnpacksIsWaitedFor() throws Exception {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Path file = cache.resolve(".kerava.lock");
    Process child;
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      child = start(cache, 0);
      assertTrue(!child.waitFor(3, TimeUnit.SECONDS) && lock.isValid());
      assertEquals(1, cache.toFile().list().length, "unpacked beside another");
    }
    assertTrue(child.waitFor(5, TimeUnit.MINUTES));
    assertEquals(0, child.exitValue(), Files.readString(log(0)));
    assertTrue(cache.toFile().list().length > 1);
  }
}
