package kerava.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import kerava.Kerava;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project outside the tree, with the README's lines and the README's program, which knows Kerava
 * from a Maven repository alone.
 */
@DisabledOnOs(OS.WINDOWS)
final class OwnProjectTest {
  private static final String CLASSIFIER = "linux-x86_64";

  private static final String RESOLVER =
      "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";

  @TempDir private Path folder;

  private MavenRepository repository;

  @BeforeEach
  void install() throws IOException {
    repository = MavenRepository.in(folder);
  }

  @AfterEach
  void unlink() throws IOException {
    repository.unlink();
  }

  /** What a process gave. */
  private record Ended(int code, String out, String err) {}

  private static String readme(String language) throws IOException {
    Matcher matcher =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertTrue(matcher.find(), "README.md has some " + language);
    return matcher.group(1);
  }

  /** The class path that Maven makes of a project with these dependencies. */
  private String resolved(String dependencies) throws Exception {
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.writeString(
        project.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>mine</groupId>
          <artifactId>mine</artifactId>
          <version>1</version>
          <dependencies>
        %s
          </dependencies>
        </project>
        """
            .formatted(dependencies));
    Path list = project.resolve("classpath");
    Ended maven = maven(project, list, "--offline");
    if (maven.code() != 0) {
      // Maven's plugin for it is here only where the launcher has built before.
      maven = maven(project, list, "--no-transfer-progress");
    }
    assertEquals(0, maven.code(), maven.out() + maven.err());
    return Files.readString(list);
  }

  private Ended maven(Path project, Path list, String option) throws Exception {
    return run(
        List.of(
            "mvn",
            option,
            "--batch-mode",
            "--quiet",
            "-Dmaven.repo.local=" + repository.path(),
            "-Dmdep.includeScope=runtime",
            "-Dmdep.outputFile=" + list,
            RESOLVER),
        project);
  }

  private static List<String> flags() {
    return Runtime.version().feature() < 24
        ? List.of()
        : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
  }

  private Ended program(String classPath, String name, String source) throws Exception {
    Path project = folder.resolve("project");
    Files.writeString(project.resolve(name + ".java"), source);
    BufferedImage cat = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
    assertTrue(ImageIO.write(cat, "png", project.resolve("cat.png").toFile()));
    Ended compiled =
        run(
            List.of(
                java("javac"),
                "--release",
                "17",
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                ".",
                name + ".java"),
            project);
    assertEquals(new Ended(0, "", ""), compiled);
    List<String> words = new ArrayList<>(List.of(java("java")));
    words.addAll(flags());
    // TensorFlow's memory is not Java's: a small heap does.
    words.addAll(List.of("-Xmx160m", "-cp", classPath + File.pathSeparator + ".", name));
    return run(words, project);
  }

  private static String java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  private Ended run(List<String> words, Path where) throws Exception {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(where.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // As a user's shell has it.
    builder.environment().keySet().removeIf(name -> name.startsWith("TF_"));
    builder.environment().remove("MAVEN_ARGS");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int code = builder.start().waitFor();
    return new Ended(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private static String shorter() throws IOException {
    return readme("java")
        .replace("Cifar10 cifar = Cifar10.load()", "Split cifar = Shapes.of(1, 64, 64)")
        .replace("import kerava.data.Cifar10;", "import kerava.data.*;")
        .replace("epochs(10)", "epochs(1)");
  }

  @Test
  void compilesAndRunsWithoutAWordOnStandardError() throws Exception {
    String here = readme("xml").replace(CLASSIFIER, Loader.getPlatform());
    String classPath = resolved(here);
    assertTrue(classPath.contains("kerava-0.1.0-SNAPSHOT.jar"), classPath);
    assertTrue(classPath.matches("(?s).*protobuf-java-(3\\.25\\.[5-9]|[4-9]).*"), classPath);
    // A provider would be one too many in a program that has its own.
    assertFalse(classPath.matches("(?s).*(slf4j-(nop|simple)|logback|log4j).*"), classPath);

    Ended ended = program(classPath, "Main", shorter());
    assertEquals("", ended.err());
    assertEquals(0, ended.code());
    assertTrue(ended.out().contains("122,570"), ended.out());
    assertTrue(ended.out().contains("accuracy"), ended.out());

    // HDF5 is read by a library that asks SLF4J for a log.
    Ended read =
        program(
            classPath,
            "Again",
            """
            import java.nio.file.Path;
            import kerava.*;
            import kerava.saving.*;

            public class Again {
              public static void main(String[] args) throws Exception {
                StoredModel stored = KerasArchive.read(Path.of("savedmodels/cifar10_cnn.keras"));
                System.out.println(stored.weights().size());
              }
            }
            """);
    assertEquals(new Ended(0, "10\n", ""), read);
  }

  @Test
  void saysWhichLineIsMissing() throws Exception {
    String kerava = readme("xml").replaceFirst("(?s)(</dependency>).*", "$1");
    assertFalse(kerava.contains("native"), kerava);
    Ended ended = program(resolved(kerava), "Main", shorter());
    assertEquals(1, ended.code());
    String first = ended.err().lines().findFirst().orElseThrow();
    assertTrue(
        first.contains(
            "IllegalStateException: TensorFlow: expected its native library for "
                + Loader.getPlatform()
                + " on the class path, got none. Add the dependency"
                + " org.tensorflow:tensorflow-core-native:1.1.0:"
                + Loader.getPlatform()),
        first);
  }

  @Test
  void gradleIsToldTheSame() throws IOException {
    for (String language : List.of("kotlin", "groovy")) {
      String lines = readme(language);
      assertTrue(lines.contains("kerava:kerava:" + Kerava.version()), lines);
      assertTrue(lines.contains("tensorflow-core-native:1.1.0:" + CLASSIFIER), lines);
      assertTrue(lines.contains("mavenLocal()") && lines.contains("mavenCentral()"), lines);
    }
  }
}
