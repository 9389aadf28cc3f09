package kerava.saving.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import kerava.interop.Archives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of that which is no model, and what to give instead. */
final class UnexpectedFormatTest {
  private static final String KERAS = "Save the model in Keras as .keras, and give that.";
  private static final String COPY = "Is the copy or the download of it complete?";

  @TempDir Path temporary;

  private static void said(Path path, String found) throws IOException {
    assertEquals(
        path.getFileName() + ": expected a model, got " + found,
        UnexpectedFormat.refusal(path, "a model").getMessage());
  }

  private void file(String name, String text, String found) throws IOException {
    said(Files.writeString(temporary.resolve(name), text), found);
  }

  private void zip(String found, String... names) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (String name : names) {
      members.put(name, new byte[1]);
    }
    said(Archives.pack(members, temporary.resolve("x.zip")), found);
  }

  @Test
  void files() throws IOException {
    file("x", "", "an empty file. " + COPY);
    file("model.json", "{\"modelTopology\": {}}", "a TensorFlow.js model. " + KERAS);
    file("n.ipynb", "{\"nbformat\": 4}", "a Jupyter notebook. Give the model that it saves.");
    file(
        "other.json",
        "{\"a\": 1}",
        "a JSON text. Was it downloaded? A server sends such a page instead.");
    file(
        "config.json",
        "{\"class_name\": \"Sequential\"}",
        "the JSON of a model's layers, which holds no weights. Give the .keras archive that it comes"
            + " from.");
    for (String name :
        new String[] {"variables.index", "model.ckpt.index", "checkpoint.data-00000-of-00001"}) {
      file(
          name,
          "x",
          "a part of a checkpoint. Of a SavedModel, give the folder with saved_model.pb.");
    }
    for (String name : new String[] {"keras_metadata.pb", "fingerprint.pb"}) {
      file(
          name,
          "x",
          "a file that stands beside a SavedModel's graph. Give its folder: "
              + temporary.toAbsolutePath().normalize()
              + ".");
    }
  }

  @Test
  void archives() throws IOException {
    zip("a PyTorch file. Kerava reads models that Keras wrote.", "a/data.pkl", "a/x");
    zip("NumPy arrays (.npz).", "a.npy", "b.npy");
    zip("a zip archive without config.json. Was it written by Keras?", "a.npy", "b");
    zip("a zip archive with m/saved_model.pb in it. Unpack it first.", "x", "m/saved_model.pb");
    zip("a zip archive with M.KERAS in it. Unpack it first.", "M.KERAS");
  }

  @Test
  void folders() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("f"));
    Files.createFile(folder.resolve(".hidden"));
    said(folder, "an empty folder. " + COPY);
    Files.createFile(folder.resolve("x"));
    said(folder, "a folder without saved_model.pb. " + COPY);
    Files.createFile(folder.resolve("b.h5"));
    Files.createFile(folder.resolve("a.KERAS"));
    said(folder, "a folder without saved_model.pb. Give a file in it, such as a.KERAS.");
    Files.createFile(folder.resolve("config.json"));
    said(folder, "a folder with layers and without model.weights.h5. " + COPY);
    Files.createFile(folder.resolve("c.index"));
    said(folder, "a checkpoint, which holds weights without layers. " + KERAS);
    Files.createFile(folder.resolve("model.json"));
    said(folder, "a folder of TensorFlow.js. " + KERAS);
    Files.createFile(folder.resolve("variables.index"));
    said(
        folder,
        "the variables of a SavedModel. Give the folder above it: "
            + temporary.toAbsolutePath().normalize()
            + ".");
  }

  @Test
  void nothing() throws IOException {
    Path none = temporary.resolve("none");
    assertEquals(
        none + ": expected a file, got none",
        assertThrows(NoSuchFileException.class, () -> UnexpectedFormat.requireThere(none))
            .getMessage());
    UnexpectedFormat.requireThere(temporary);
  }
}
