package kerava.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import kerava.data.Npy;
import kerava.files.RecordFile;
import kerava.graph.Array;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What is no model is named as what it is, with what to give instead, by every command. */
final class WrongKindTest {
  private static final Path SAVED_MODEL = Path.of("savedmodels", "cifar10_cnn_pretrained", "1");
  private static final Path ARCHIVE = KerasFixtures.file("own_3.8.0.keras");

  @TempDir private Path folder;

  private static String bytes(int... values) {
    StringBuilder text = new StringBuilder();
    for (int value : values) {
      text.append((char) value);
    }
    return text.toString();
  }

  private void file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content.getBytes(ISO_8859_1));
  }

  private void file(String name, byte[] content) throws IOException {
    file(name, new String(content, ISO_8859_1));
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] member(String name) throws IOException {
    try (ZipFile zip = new ZipFile(ARCHIVE.toFile())) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
  }

  @BeforeEach
  void files() throws IOException {
    folders();
    file("page.keras", "\n<!DOCTYPE html>\n<html><body>404</body></html>");
    file("comment.h5", "<!-- saved --><HTML><p>Sign in</p>");
    file("error.keras", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>");
    file("pointer.keras", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\n");
    file("empty.keras", "");
    file("photo.webp", "RIFF" + bytes(36, 0, 0, 0) + "WEBPVP8 ");
    file("photo.keras", bytes(0xff, 0xd8, 0xff, 0xe0) + "JFIF");
    file("net.onnx", bytes(8, 8, 0x12, 7) + "pytorch" + bytes(0x1a, 5) + "2.1.0");
    file("net.tflite", bytes(0x1c, 0, 0, 0) + "TFL3" + bytes(0x14, 0, 0x20));
    file("net.pt", zip("net/data.pkl", "net/version"));
    file("net.zip", zip("net/config.json", "net/model.weights.h5"));
    file("photos.zip", zip("cat/1.png", "dog/1.png"));
    file("arrays.npz", zip("x.npy", "y.npy"));
    file("old.pth", bytes(0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c));
    file("w.safetensors", bytes(2, 0, 0, 0, 0, 0, 0, 0) + "{}");
    file("w.gguf", "GGUF" + bytes(3, 0, 0, 0));
    file("net.tar.gz", bytes(0x1f, 0x8b, 8, 0) + "packed");
    file("net.py", "import keras\nmodel = keras.Sequential()\n");
    file("notebook.ipynb", "{\"cells\": [], \"nbformat\": 4}");
    file("alone/k.json", member("config.json"));
    file("rows.keras", RecordFile.of(List.of(new byte[20])));
    file("junk.keras", bytes(1, 2, 3, 0, 200, 100, 7));
    GraphDef.Builder graph = GraphDef.newBuilder();
    graph.addNode(
        NodeDef.newBuilder()
            .setName("input")
            .setOp("Placeholder")
            .putAttr("dtype", AttrValue.newBuilder().setI(1).build()));
    file("frozen.pb", graph.build().toByteArray());
  }

  private void folders() throws IOException {
    for (String name : List.of("config.json", "metadata.json", "model.weights.h5")) {
      file("unpacked/" + name, member(name));
    }
    file("half/config.json", member("config.json"));
    Files.createDirectories(folder.resolve("nothing"));
    file("checkpoint/ckpt-1.index", "x");
    file("several/a.keras", "x");
    file("several/b.keras", "x");
    file("tfjs/model.json", "{\"modelTopology\": {}}");
    file("saved/saved_model.pb", Files.readAllBytes(SAVED_MODEL.resolve("saved_model.pb")));
    file("saved/variables/variables.index", "x");
    file("saved/variables/variables.data-00000-of-00001", "x");
    file("saved/fingerprint.pb", "x");
    file("whole.zip", Files.readAllBytes(ARCHIVE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page.keras             | a web page (HTML)                     | Was it downloaded?",
        "comment.h5             | a web page (HTML)                     | Was it downloaded?",
        "error.keras            | an XML text                           | Was it downloaded?",
        "pointer.keras          | a pointer of Git LFS to the file      | git lfs pull",
        "empty.keras            | an empty file                         | complete?",
        "photo.webp             | a WebP image                          | after the model",
        "photo.keras            | a JPEG image                          | after the model",
        "net.onnx               | an ONNX model                         | Save the model in Keras",
        "net.tflite             | a TensorFlow Lite model               | Save the model in Keras",
        "net.pt                 | a PyTorch file                        | that Keras wrote",
        "net.zip                | a zip archive with net/config.json    | Unpack it first.",
        "photos.zip             | a zip archive without config.json     | written by Keras?",
        "arrays.npz             | NumPy arrays (.npz)                   |",
        "old.pth                | a Python pickle, as PyTorch           | Save the model in Keras",
        "w.safetensors          | a safetensors file of weights         | Save the model in Keras",
        "w.gguf                 | a GGUF file of weights                | Save the model in Keras",
        "net.tar.gz             | a compressed archive, to be unpacked  | Give what is in it.",
        "net.py                 | a text                                |",
        "notebook.ipynb         | a Jupyter notebook                    | the model that it saves",
        "unpacked/config.json   | the JSON of a model's layers          | Give its folder: ",
        "alone/k.json           | the JSON of a model's layers          | Give the .keras archive",
        "rows.keras             | a file of records (TFRecord)          |",
        "junk.keras             | a file of another kind                | complete?",
        "frozen.pb              | a frozen TensorFlow graph (.pb)       | Save the model in Keras",
        "half                   | a folder with layers and without model.weights.h5 | complete?",
        "nothing                | an empty folder                       | complete?",
        "checkpoint             | a checkpoint                          | Save the model in Keras",
        "several                | a folder without saved_model.pb       | such as a.keras.",
        "tfjs                   | a folder of TensorFlow.js             | Save the model in Keras",
        "tfjs/model.json        | a TensorFlow.js model                 | Save the model in Keras",
        "saved/saved_model.pb   | the graph of a SavedModel             | Give its folder: ",
        "saved/fingerprint.pb   | a file that stands beside             | Give its folder: ",
        "saved/variables        | the variables of a SavedModel         | the folder above it: ",
        "saved/variables/variables.index | a part of a checkpoint       | the folder with saved_model.pb",
      })
  void isNamedAsWhatItIs(String name, String what, String instead) throws IOException {
    Path path = folder.resolve(name.trim());
    Path rows = folder.resolve("rows.npy");
    Npy.write(rows, Array.of(new float[3], 1, 3));
    Map<String, Run> runs = new LinkedHashMap<>();
    runs.put("inspect", Run.of("inspect", path));
    runs.put("plot", Run.of("plot", path, folder.resolve("plot.svg")));
    runs.put("convert", Run.of("convert", path, folder.resolve("out.keras")));
    runs.put("predict", Run.of("predict", path, rows));
    runs.put("evaluate", Run.of("evaluate", path, "--dataset", "shapes"));
    runs.put("train", Run.of("train", "--dataset", "shapes", "--model", path, "--out", folder));
    runs.forEach(
        (command, run) -> {
          String err = run.err();
          assertEquals(1, run.code(), command + ": " + err);
          assertEquals(1, err.lines().count(), command + ": " + err);
          assertTrue(
              err.startsWith("kerava: " + path.getFileName() + ": expected a .keras archive, "),
              err);
          assertTrue(err.contains(", got " + what.trim()), command + ": " + err);
          assertTrue(instead == null || err.contains(instead.trim()), command + ": " + err);
          assertTrue(err.length() < 300, command + ": " + err);
        });
  }

  @Test
  void weightsAloneAreNoModel() throws IOException {
    Path weights = folder.resolve("unpacked").resolve("model.weights.h5");
    Run run = Run.of("predict", weights, "x.npy");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("expected a whole model, got weights alone."), run.err());
    assertTrue(run.err().contains("model.save("), run.err());
  }

  /** As Keras reads it, too. */
  @Test
  void anUnpackedArchiveIsRead() throws IOException {
    for (String name : List.of("unpacked", "whole.zip")) {
      Path twin = folder.resolve(name + ".keras");
      Run run = Run.of("convert", folder.resolve(name), twin);
      assertEquals(0, run.code(), run.err());
      Path same = folder.resolve("same.keras");
      assertEquals(0, Run.of("convert", ARCHIVE, same).code());
      assertEquals(summary(same), summary(twin));
      try (ZipFile one = new ZipFile(same.toFile());
          ZipFile other = new ZipFile(twin.toFile())) {
        assertEquals(
            one.getEntry("model.weights.h5").getCrc(), other.getEntry("model.weights.h5").getCrc());
      }
    }
  }

  private static String summary(Path model) {
    Run run = Run.of("inspect", model);
    assertEquals(0, run.code(), run.err());
    return run.out().substring(run.out().indexOf("Model:"));
  }

  @Test
  void aLinkThatLeadsNowhereIsOne() throws IOException {
    Path link = folder.resolve("link.keras");
    Files.createSymbolicLink(link, folder.resolve("gone.keras"));
    assertEquals(
        "kerava: " + link + ": expected a file, got a link that leads nowhere.\n",
        Run.of("inspect", link).err());
  }
}
