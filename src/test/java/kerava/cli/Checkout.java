package kerava.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/**
 * A checkout as the launcher sees it: the launcher itself and, instead of Kerava, a program that
 * prints what it was given, with a resource beside it and a class in a library.
 */
final class Checkout {
  private static final Map<String, String> PROGRAM =
      Map.of(
          "kerava/cli/Main",
          """
          package kerava.cli;
          public class Main {
            public static void main(String[] words) throws Exception {
              try (var in = Main.class.getResourceAsStream("words")) {
                System.out.print(new String(in.readAllBytes()) + library.Library.word());
              }
              for (String word : words) System.out.print("|" + word);
            }
          }
          """,
          "library/Library",
          "package library; public class Library { public static String word() { return \", two\"; } }");

  /** Stands for Maven: copies the archives to where the build is to leave them, and counts. */
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      for word; do
        case $word in
          -Dkerava.target=*) target=${word#*=} ;;
          -Dmdep.outputFile=*) classpath=${word#*=} ;;
        esac
      done
      echo started >>"$FAKE/builds"
      [ ! -e "$FAKE/slow" ] || sleep 1
      [ ! -e "$FAKE/killed" ] || { echo half >"$target/classes.half"; kill -9 $PPID; exit 1; }
      [ ! -e "$target/classes/Half.class" ] || { echo "met half a class"; exit 1; }
      repository=${REPOSITORY:-$FAKE/repository}
      cp "$FAKE/app.jar" "$target/kerava-1.jar" || exit 1
      cp "$FAKE/library.jar" "$repository/library.jar"
      printf %s "$repository/library.jar" >"$classpath"
      """;

  private final Path folder;
  private final Path fake;
  private final Map<String, String> environment = new HashMap<>();

  private Checkout(Path folder, Path fake) {
    this.folder = folder;
    this.fake = fake;
    environment.put("FAKE", fake.toString());
    environment.put("PATH", fake.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LC_ALL", "C");
    environment.put("HOME", fake.resolve("home").toString());
    environment.put("TMPDIR", fake.resolve("tmp").toString());
  }

  /** Compiles the program, once for all tests. */
  static Path compile(Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> words = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    for (Map.Entry<String, String> source : PROGRAM.entrySet()) {
      Path file = folder.resolve("source").resolve(source.getKey() + ".java");
      Files.createDirectories(file.getParent());
      words.add(Files.writeString(file, source.getValue()).toString());
    }
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new))
        != 0) {
      throw new AssertionError("the program does not compile");
    }
    Files.writeString(classes.resolve("kerava/cli/words"), "one");
    jar(folder.resolve("app.jar"), classes, "kerava/cli/Main.class", "kerava/cli/words");
    jar(folder.resolve("library.jar"), classes, "library/Library.class");
    return folder;
  }

  /** A stand-in for Maven, a home folder and a folder for temporary files. */
  static Path fake(Path fake, Path compiled) throws IOException {
    script(fake.resolve("bin/mvn"), MAVEN);
    for (String name : List.of("home", "tmp", "repository")) {
      Files.createDirectories(fake.resolve(name));
    }
    Files.copy(compiled.resolve("app.jar"), fake.resolve("app.jar"));
    Files.copy(compiled.resolve("library.jar"), fake.resolve("library.jar"));
    return fake;
  }

  private static void jar(Path jar, Path classes, String... names) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (String name : names) {
        entries.putNextEntry(new JarEntry(name));
        Files.copy(classes.resolve(name), entries);
      }
    }
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A checkout that nothing was built in. */
  static Checkout fresh(Path folder, Path fake) throws IOException {
    Files.createDirectories(folder.resolve("src/main/java"));
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Files.copy(Path.of("kerava"), folder.resolve("kerava"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(folder.resolve("ci"));
    Files.copy(Path.of("ci/libraries"), folder.resolve("ci/libraries"));
    Files.writeString(
        folder.resolve("ci/libraries.sha256"),
        sha256(fake.resolve("library.jar")) + "  library.jar\n");
    Checkout checkout = new Checkout(folder, fake);
    checkout.age("src/main/java", "src/main", "pom.xml", "kerava");
    return checkout;
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** A checkout that was built. */
  static Checkout built(Path folder, Path fake) throws IOException {
    Checkout checkout = fresh(folder, fake);
    Path target = Files.createDirectories(checkout.target());
    Files.copy(fake.resolve("app.jar"), target.resolve("app.jar"));
    // Lines end at line ends.
    Path repository = folder.toString().contains("\n") ? fake : folder.resolve("repository");
    Path library = Files.createDirectories(repository).resolve("library.jar");
    Files.copy(fake.resolve("library.jar"), library, StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(target.resolve("classpath"), library + "\n");
    return checkout;
  }

  /** Makes files an hour older than what is built now. */
  private void age(String... names) throws IOException {
    for (String name : names) {
      Files.setLastModifiedTime(
          folder.resolve(name), FileTime.from(Instant.now().minusSeconds(3600)));
    }
  }

  Path target() {
    return folder.resolve("target/launcher");
  }

  /** The same checkout, started in another environment; null takes a variable away. */
  Checkout with(String name, String value) {
    if (value == null) {
      environment.remove(name);
    } else {
      environment.put(name, value);
    }
    return this;
  }

  /** Starts the launcher by a path. */
  Run start(String... command) throws IOException {
    return finish(begin(command));
  }

  Run start() throws IOException {
    return start(folder.resolve("kerava").toString(), "a b");
  }

  Process begin(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.getParent().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  static Run finish(Process process) throws IOException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the launcher does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return new Run(process.exitValue(), out, err);
  }

  /** How often Maven was started. */
  int builds() throws IOException {
    Path builds = fake.resolve("builds");
    List<String> lines = Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    return lines.size();
  }
}
