package kerava.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the README compiles as it stands there, and runs. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  private static String program() throws IOException {
    Matcher matcher = JAVA.matcher(Files.readString(Path.of("README.md")));
    assertTrue(matcher.find(), "README.md has a Java program");
    return matcher.group(1);
  }

  @Test
  void theProgramCompiles() throws Exception {
    compile(program());
  }

  @Test
  void theProgramRunsOnFewerImages() throws Exception {
    // CIFAR-10 takes minutes; the built-in shapes go through every other line as it stands.
    String shorter =
        program()
            .replace("Cifar10 cifar = Cifar10.load()", "Split cifar = Shapes.of(1, 64, 64)")
            .replace("import kerava.data.Cifar10;", "import kerava.data.*;")
            .replace("epochs(10)", "epochs(1)");
    compile(shorter);
    BufferedImage cat = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
    assertTrue(ImageIO.write(cat, "png", folder.resolve("cat.png").toFile()));
    String output =
        execute(
            List.of(
                java("java"),
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                classPath() + System.getProperty("path.separator") + folder,
                "Main"));
    assertTrue(output.contains("122,570"), output);
    assertTrue(output.contains("accuracy"), output);
    assertTrue(output.contains("ClassScore[name="), output);
    assertTrue(Files.isRegularFile(folder.resolve("savedmodels/cifar10_cnn.keras")));
    assertTrue(Files.isDirectory(folder.resolve("savedmodels/cifar10_cnn/1")));
  }

  private void compile(String program) throws Exception {
    Path source = Files.writeString(folder.resolve("Main.java"), program);
    execute(
        List.of(
            java("javac"),
            "-proc:none",
            "-cp",
            classPath(),
            "-d",
            folder.toString(),
            source.toString()));
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static String java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  private String execute(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
