package kerava.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that is in the middle of something until it is killed. */
public final class Holder implements AutoCloseable {
  private static final String READY = "ready";

  private final Process process;

  private Holder(Process process) {
    this.process = process;
  }

  /** Writes a draft of a file or a folder, or holds a place. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path path = Path.of(args[1]);
    switch (args[0]) {
      case "file" -> AtomicFile.write(path, Holder::half);
      case "folder" -> {
        Path inner = Files.createDirectory(Draft.in(path).path());
        half(inner.resolve("half"));
      }
      case "place" -> {
        PlaceLock.folder("Test", path);
        ready();
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void half(Path draft) throws IOException {
    Files.writeString(draft, "half");
    ready();
  }

  private static void ready() {
    System.out.println(READY);
    try {
      Thread.sleep(TimeUnit.MINUTES.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts one, and waits until it is in the middle. */
  public static Holder start(String what, Path path) throws IOException {
    return start(Holder.class, what, path.toString());
  }

  /** Starts a program that says {@code ready} when it is in the middle. */
  public static Holder start(Class<?> program, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(Arrays.asList(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.equals(READY)) {
        return new Holder(process);
      }
      all.append(line).append('\n');
    }
    throw new IOException("the child ended: " + all);
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Kills it, without a chance to tidy up. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
