package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import kerava.data.ImageFolder;
import kerava.data.Images;
import kerava.files.DatasetException;
import kerava.graph.Array;
import kerava.images.ColorMode;
import kerava.images.Interpolation;
import kerava.images.Preprocessing;
import kerava.images.Resize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Image files of all kinds, drawn by a seed, read as Keras reads them, to the bit; more of them
 * with {@code -Dkerava.images.settings=100 -Dkerava.images.seed=2}.
 */
@EnabledIfPython
final class ImagesInKerasTest {
  private static final int SETTINGS = Integer.getInteger("kerava.images.settings", 8);
  private static final int FILES = 30;
  private static final int SEED = Integer.getInteger("kerava.images.seed", 1);

  @TempDir Path folder;

  @Test
  void readsWhatKerasReads() throws Exception {
    PythonReference reference =
        new PythonReference(Path.of(String.valueOf(SEED)), folder)
            .give("case.json", "{\"files\": %d, \"settings\": %d}".formatted(FILES, SETTINGS));
    PythonReference.run("images.py", reference);
    List<String> wrong = new ArrayList<>();
    int number = 0;
    int read = 0;
    int refused = 0;
    for (JsonNode one : reference.report()) {
      Preprocessing how = preprocessing(one.path("how"));
      List<Path> files = files(folder.resolve(String.valueOf(number)), one.path("names"), "");
      read += compare(how, files, reference.numbers(String.valueOf(number)), wrong);
      for (Path file : files(folder, one.path("refused"), number + "-")) {
        assertThrows(DatasetException.class, () -> Images.pixels(file, how), file.toString());
        refused++;
      }
      number++;
    }
    System.out.printf(
        Locale.ROOT, "Images in Keras: seed %d, %d alike, %d refused%n", SEED, read, refused);
    assertEquals(List.of(), wrong);
    assertEquals(FILES * SETTINGS, read + refused);
  }

  private static int compare(
      Preprocessing how, List<Path> files, Array expected, List<String> wrong) throws IOException {
    int size = expected.size() / files.size();
    int same = 0;
    for (int i = 0; i < files.size(); i++) {
      float[] here = Images.pixels(files.get(i), how).floats();
      float[] there = Arrays.copyOfRange(expected.floats(), i * size, (i + 1) * size);
      if (Arrays.equals(here, there)) {
        same++;
      } else {
        wrong.add(files.get(i).getFileName() + " as " + how + ", " + apart(here, there));
      }
    }
    // The data set reads them together, as bytes where none is resized.
    Array together = ImageFolder.ofFiles(files, how).inputs().to(Array.Type.FLOAT32);
    if (same == files.size()) {
      assertArrayEquals(expected.floats(), together.floats());
    }
    return same;
  }

  private static String apart(float[] here, float[] there) {
    double most = 0;
    for (int i = 0; i < Math.min(here.length, there.length); i++) {
      most = Math.max(most, Math.abs(here[i] - there[i]));
    }
    return "apart by " + most;
  }

  private static List<Path> files(Path in, JsonNode names, String before) {
    List<Path> files = new ArrayList<>();
    names.forEach(name -> files.add(in.resolve(before + name.asText())));
    return files;
  }

  private static Preprocessing preprocessing(JsonNode how) {
    Resize resize =
        how.path("crop_to_aspect_ratio").asBoolean()
            ? Resize.CROP
            : how.path("pad_to_aspect_ratio").asBoolean() ? Resize.PAD : Resize.STRETCH;
    return Preprocessing.of(
            how.path("image_size").path(0).asInt(), how.path("image_size").path(1).asInt())
        .colorMode(ColorMode.valueOf(name(how, "color_mode")))
        .interpolation(Interpolation.valueOf(name(how, "interpolation")))
        .resize(resize);
  }

  private static String name(JsonNode how, String key) {
    return how.path(key).asText().toUpperCase(Locale.ROOT);
  }
}
