package kerava.cli;

import static kerava.interop.KerasFixtures.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import kerava.data.Npy;
import kerava.graph.Array;
import org.apache.commons.io.file.PathUtils;

/**
 * Files that no command can make anything of, beside some that are right.
 *
 * @param folder where they are
 */
record BadFiles(Path folder) {
  private static final String HEADER = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }";

  static BadFiles in(Path folder) throws IOException {
    BadFiles files = new BadFiles(folder);
    files.arrays();
    files.headers();
    files.models();
    files.folders();
    files.images();
    return files;
  }

  private void text(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void cut(Path from, String name, int length) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, Arrays.copyOf(Files.readAllBytes(from), length));
  }

  private void arrays() throws IOException {
    Npy.write(folder.resolve("num.npy"), Array.of(new float[8], 2, 4));
    Npy.write(folder.resolve("cat.npy"), Array.of(new float[6], 2, 3));
    Npy.write(folder.resolve("cat3.npy"), Array.of(new float[9], 3, 3));
    Npy.write(folder.resolve("flat.npy"), Array.of(new float[4], 4));
    Npy.write(folder.resolve("scalar.npy"), Array.of(new float[1]));
    Npy.write(folder.resolve("norows.npy"), Array.of(new float[0], 0, 4));
    Npy.write(folder.resolve("wide.npy"), Array.of(new float[10], 2, 5));
    Npy.write(folder.resolve("deep.npy"), Array.of(new float[8], 2, 4, 1));
    Npy.write(folder.resolve("picture.npy"), Array.of(new float[72], 1, 6, 6, 2));
    Npy.write(folder.resolve("picture1.npy"), Array.of(new float[36], 1, 6, 6, 1));
    Npy.write(folder.resolve("long.npy"), Array.of(new long[] {1L << 40, 1}, 2));
    Npy.write(folder.resolve("x1.npy"), Array.of(new float[2], 2, 1));
    cut(folder.resolve("num.npy"), "cut.npy", 150);
    cut(folder.resolve("num.npy"), "cuthead.npy", 60);
    cut(folder.resolve("num.npy"), "more.npy", 200);
    text("empty.npy", "");
    text("text.npy", "not an array at all");
    Files.createDirectories(folder.resolve("folder.npy"));
  }

  private void headers() throws IOException {
    header("negative.npy", "<f4", "(-2, 4)");
    header("huge.npy", "<f4", "(9999999999, 9999999999)");
    header("promise.npy", "<f4", "(1000000, 1000)");
    header("long_shape.npy", "<f4", "(" + "1, ".repeat(900) + ")");
    header("object.npy", "|O", "(2, 4)");
    header("string.npy", "<U9", "(2, 4)");
    header("complex.npy", "<c8", "(2, 4)");
    header("long_type.npy", "<" + "x".repeat(500), "(2, 4)");
    header("no_shape.npy", "<f4", "None");
    Files.write(
        folder.resolve("long_header.npy"),
        "\u0093NUMPY\u0002\u0000\u00ff\u00ff\u00ff\u007f".getBytes(StandardCharsets.ISO_8859_1));
    Files.write(
        folder.resolve("version.npy"),
        "\u0093NUMPY\u0009\u0000\u0010\u0000".getBytes(StandardCharsets.ISO_8859_1));
  }

  private void header(String name, String type, String shape) throws IOException {
    String text = HEADER.formatted(type, shape) + "\n";
    String start = "\u0093NUMPY\u0001\u0000";
    String length = "" + (char) (text.length() % 256) + (char) (text.length() / 256);
    Files.write(
        folder.resolve(name), (start + length + text).getBytes(StandardCharsets.ISO_8859_1));
  }

  private void models() throws IOException {
    Path two = file("two_inputs");
    Files.copy(two.resolve("m.keras"), folder.resolve("two.keras"));
    Files.copy(two.resolve("m.h5"), folder.resolve("two.h5"));
    Files.copy(file("two_outputs_dict").resolve("m.keras"), folder.resolve("outputs.keras"));
    Files.copy(file("two_outputs_dict").resolve("m.weights.h5"), folder.resolve("w.weights.h5"));
    Files.copy(file("keras2_nested_weights.h5"), folder.resolve("old.h5"));
    Files.copy(file("predictions.h5"), folder.resolve("other.h5"));
    cut(two.resolve("m.keras"), "cut.keras", 9_000);
    cut(two.resolve("m.h5"), "cut.h5", 5_000);
    text("empty.keras", "");
    text("text.keras", "not a model");
    text("empty.h5", "");
    text("text.h5", "not a model either");
    text("model.txt", "still not a model");
    text("model", "a file without an ending");
    Files.copy(folder.resolve("num.npy"), folder.resolve("array.keras"));
    Files.createDirectories(folder.resolve("folder.keras"));
    Files.createDirectories(folder.resolve("folder.h5"));
  }

  private void folders() throws IOException {
    Files.createDirectories(folder.resolve("nothing"));
    text("filled/thesis.txt", "years of work");
    PathUtils.copyDirectory(file("two_inputs").resolve("export"), folder.resolve("export"));
    PathUtils.copyDirectory(file("tf_types"), folder.resolve("types"));
    PathUtils.copyDirectory(file("tf1"), folder.resolve("tf1"));
    PathUtils.copyDirectory(folder.resolve("export"), folder.resolve("cut_export"));
    cut(folder.resolve("export/saved_model.pb"), "cut_export/saved_model.pb", 900);
    PathUtils.copyDirectory(folder.resolve("export"), folder.resolve("bare_export"));
    PathUtils.deleteDirectory(folder.resolve("bare_export/variables"));
    text("text_export/saved_model.pb", "no protocol buffer");
    text("empty_export/saved_model.pb", "");
    Files.createDirectories(folder.resolve("versions/1"));
  }

  private void images() throws IOException {
    Path png = file("many_images").resolve("x.png");
    Files.copy(png, folder.resolve("x.png"));
    cut(png, "cut.png", 300);
    cut(png, "cuthead.png", 20);
    text("empty.png", "");
    text("text.jpg", "<html>not found</html>");
    Files.createDirectories(folder.resolve("folder.png"));
    Files.createDirectories(folder.resolve("classes/cat"));
    text("classes/cat/a.png", "");
  }
}
