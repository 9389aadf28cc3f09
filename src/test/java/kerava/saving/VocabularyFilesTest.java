package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kerava.Golden;
import kerava.StoredModel;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.interop.Archives;
import kerava.interop.KerasFixtures;
import kerava.interop.Near;
import kerava.layers.preprocessing.TypedCase;
import kerava.saving.json.ModelWriter;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vocabularies in files: those of Keras are read, and what is written is the same again. */
final class VocabularyFilesTest {
  private static final Path KERAS = KerasFixtures.file("keras3_preprocessing.keras");

  @TempDir Path folder;

  private static List<Array> arrays(String key) {
    List<Array> arrays = new ArrayList<>();
    JsonNode file = Golden.read("preprocessing.json").get("file");
    file.get(key).forEach(each -> arrays.add(TypedCase.array(each)));
    return arrays;
  }

  private static void assertAnswers(List<Array> got) {
    List<Array> expected = arrays("outputs");
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i).type() == Array.Type.FLOAT32) {
        Near.assertNear(expected.get(i), got.get(i), 1e-5);
      } else {
        assertEquals(expected.get(i), got.get(i), "output " + i);
      }
    }
  }

  private static void assertPredicts(StoredModel stored) {
    try (Predictor predictor = Predictor.of(stored, Device.cpu())) {
      assertAnswers(predictor.predict(arrays("inputs")));
    }
  }

  @Test
  void modelsOfKerasPredictAsInKeras() throws IOException {
    assertPredicts(KerasArchive.read(KERAS));
  }

  @Test
  void archivesHaveTheSameFilesAsThoseOfKeras() throws IOException {
    StoredModel read = KerasArchive.read(KERAS);
    Path file = folder.resolve("again.keras");
    KerasArchive.write(read, file);
    Map<String, byte[]> expected = assets(KERAS);
    Map<String, byte[]> got = assets(file);
    assertEquals(new TreeSet<>(expected.keySet()), new TreeSet<>(got.keySet()));
    assertTrue(expected.size() > 5, expected.keySet().toString());
    expected.forEach((name, content) -> assertArrayEquals(content, got.get(name), name));
    String config = new String(Archives.unpack(file).get("config.json"), StandardCharsets.UTF_8);
    assertFalse(config.contains("has_input_vocabulary"));
    StoredModel again = KerasArchive.read(file);
    assertEquals(ModelWriter.write(read.model()), ModelWriter.write(again.model()));
    assertEquals(read.weights(), again.weights());
    assertPredicts(again);
  }

  private static Map<String, byte[]> assets(Path archive) throws IOException {
    Map<String, byte[]> assets = new LinkedHashMap<>(Archives.unpack(archive));
    assets.keySet().removeIf(name -> !name.startsWith("assets/"));
    return assets;
  }

  @Test
  void unpackedArchivesAreReadAsWell() throws IOException {
    for (Map.Entry<String, byte[]> member : Archives.unpack(KERAS).entrySet()) {
      Path file = folder.resolve("open").resolve(member.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, member.getValue());
    }
    assertPredicts(KerasArchive.read(folder.resolve("open")));
  }

  @Test
  void savedModelsHaveTablesWithTheirFiles() throws IOException {
    StoredModel read = KerasArchive.read(KERAS);
    Path version = SavedModels.export(read, folder.resolve("exported"));
    try (LoadedModel loaded = LoadedModel.open(version)) {
      Map<String, Array> inputs = new LinkedHashMap<>();
      for (int i = 0; i < arrays("inputs").size(); i++) {
        inputs.put(read.model().inputNames().get(i), arrays("inputs").get(i));
      }
      Map<String, Array> outputs = loaded.call("serving_default", inputs);
      assertAnswers(read.model().outputNames().stream().map(outputs::get).toList());
    }
    List<String> names = new ArrayList<>();
    try (var files = Files.list(version.resolve("assets"))) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    assertTrue(
        names.stream().anyMatch(name -> name.endsWith("text_vectorization.txt")), "" + names);
    StoredModel again = SavedModels.read(version);
    assertEquals(ModelWriter.write(read.model()), ModelWriter.write(again.model()));
    assertPredicts(again);
  }

  @Test
  void damagedVocabulariesAreRefused() throws IOException {
    Map<String, byte[]> members = Archives.unpack(KERAS);
    String name =
        members.keySet().stream()
            .filter(each -> each.startsWith("assets/layers/integer_lookup"))
            .findFirst()
            .orElseThrow();
    members.put(name, "0\n-1\nx".getBytes(StandardCharsets.UTF_8));
    Path file = Archives.pack(members, folder.resolve("damaged.keras"));
    String message =
        assertThrows(ModelFormatException.class, () -> KerasArchive.read(file)).getMessage();
    assertTrue(
        message.contains(
            name.substring("assets/".length()) + ": expected whole numbers of 64 bits, got \"x\"."),
        message);
    members.remove(name);
    Path none = Archives.pack(members, folder.resolve("none.keras"));
    message = assertThrows(ModelFormatException.class, () -> KerasArchive.read(none)).getMessage();
    assertTrue(message.contains("IntegerLookup vocabulary: expected terms, got none."), message);
  }
}
