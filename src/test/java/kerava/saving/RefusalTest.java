package kerava.saving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import kerava.StoredModel;
import kerava.files.Limits;
import kerava.files.ModelFormatException;
import kerava.interop.Archives;
import kerava.interop.KerasFixtures;
import kerava.saving.hdf5.Hdf5Draft;
import kerava.saving.json.LayerOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are refused: each by a sentence that names the place. */
final class RefusalTest {
  @TempDir Path folder;
  private Map<String, byte[]> members = new LinkedHashMap<>();

  @BeforeEach
  void takeASoundArchive() throws IOException {
    members = Archives.unpack(KerasFixtures.file("own_3.8.0.keras"));
  }

  @Test
  void theSoundOneIsTaken() throws IOException {
    KerasArchive.read(Archives.pack(members, folder.resolve("a.keras")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"filters\": 4 | \"filters\": 0 | $.config.layers[1].config.filters: expected a whole",
        "\"filters\": 4 | \"filters\": \"4\" | $.config.layers[1].config.filters: expected a whole",
        "\"groups\": 1 | \"groups\": 3 | $.config.layers[1].config: expected arguments that go",
        "\"padding\": \"same\" | \"padding\": \"causal\" | $.config.layers[1].config.padding:",
        "\"class_name\": \"Conv2D\" | \"class_name\": \"LSTM\" | got \"LSTM\"",
        "\"class_name\": \"Conv2D\" | \"class_name\": \"Lambda\" | Kerava never runs code that a",
        "\"activation\": \"linear\" | \"activation\": {\"class_name\": \"__lambda__\", \"config\": {}}"
            + " | Kerava never runs code",
        "\"groups\": 1 | \"groups\": 1, \"spare\": 2 | $.config.layers[1].config.spare: expected one",
        "\"groups\": 1 | \"groups\": 1, \"groups\": 1 | config.json: expected JSON, got something",
        "[\"img\", 0, 0] | [\"image\", 0, 0] | expected the name of a layer, got \"image\"",
        "[\"img\", 0, 0] | [\"img\", 1, 0] | expected one of the 1 calls of \"img\"",
        "[\"img\", 0, 0] | [\"img\", 0, 1] | expected one of the 1 outputs of \"img\"",
        "[\"img\", 0, 0] | [\"img\", -1, 0] | expected one of the 1 calls of \"img\"",
        "\"kwargs\": {} | \"kwargs\": {\"training\": 3} | kwargs.training: expected no such",
        "\"name\": \"float32\" | \"name\": \"float64\" | expected one of float32, mixed_bfloat16",
        "\"registered_name\": null | \"registered_name\": \"acme>Conv2D\" | Registry.with",
      })
  void configs(String from, String to, String sentence) throws IOException {
    assertRefused(sentence, change(text -> text.replace(from, to)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"loss_weights\": null | \"loss_weights\": [2.0] | true | $.compile_config.loss_weights[0]: ",
        "\"learning_rate\": 0.001 | \"learning_rate\": NaN, \"spare\": 0.001 | false | expected",
        "\"loss\": \" | \"loss\": \"my_ | false | $.compile_config.loss: expected one of 1",
        "\"weighted_metrics\": null | \"weighted_metrics\": [\"mse\"] | true | $.compile_config.weigh",
        "\"metrics\": [ | \"metrics\": [\"auc\", | true | $.compile_config.metrics[0]: expected one",
      })
  void whatIsOnlyForTrainingIsLeftOutWithARemark(
      String from, String to, boolean settings, String sentence) throws IOException {
    StoredModel stored = KerasArchive.read(change(text -> text.replace(from, to)));
    assertEquals(settings, stored.settings().isPresent());
    assertEquals(1, stored.card().remarks().size());
    assertTrue(stored.card().remarks().get(0).contains(sentence), stored.card().remarks().get(0));
  }

  private Path change(UnaryOperator<String> change) throws IOException {
    String before = new String(members.get("config.json"), UTF_8);
    String after = change.apply(before);
    assertTrue(!after.equals(before), "the change must change something");
    members.put("config.json", after.getBytes(UTF_8));
    return Archives.pack(members, folder.resolve("bad.keras"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/x", "a/../../x", "C:\\x", "a\\b", "..", "a/..", "x\u0001"})
  void pathsThatLeadOutside(String name) throws IOException {
    members.put(name, new byte[1]);
    assertRefused("expected members inside the archive", pack());
  }

  @Test
  void manyMembers() throws IOException {
    for (int i = 0; i <= Limits.DEFAULTS.members(); i++) {
      members.put("assets/" + i, new byte[0]);
    }
    assertRefused("expected at most 1000 members, got 1004", pack());
  }

  @Test
  void oneNameTwice() throws IOException {
    members.put("Config.json", new byte[3]);
    Path file = pack();
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.write(
        file,
        text.replace("Config.json", "config.json")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    assertRefused("expected each member once, got \"config.json\" twice", file);
  }

  @Test
  void bombs() throws IOException {
    members.put("model.weights.h5", new byte[100 << 20]);
    assertRefused("model.weights.h5: expected at most", pack());
    members.put("config.json", new byte[Limits.DEFAULTS.jsonBytes() + 1]);
    assertRefused("config.json: expected at most", pack());
  }

  @Test
  void deepJson() throws IOException {
    members.put("config.json", ("[".repeat(5000) + "]".repeat(5000)).getBytes(UTF_8));
    assertRefused("config.json: expected JSON", pack());
  }

  @Test
  void moreLayersThanAnyModelHas() throws IOException {
    StringBuilder layers = new StringBuilder();
    for (int i = 0; i <= Limits.DEFAULTS.layers(); i++) {
      layers.append("{\"class_name\":\"Flatten\",\"config\":{}},");
    }
    members.put(
        "config.json",
        ("{\"class_name\":\"Sequential\",\"config\":{\"layers\":[" + layers + "0]}}")
            .getBytes(UTF_8));
    assertRefused("$.config.layers: expected at most 2000 layers in all", pack());
  }

  @Test
  void membersThatAreMissing() throws IOException {
    members.remove("model.weights.h5");
    assertRefused("expected config.json and model.weights.h5 in it", pack());
    assertRefused("expected a zip archive", Files.writeString(folder.resolve("x.keras"), "hello"));
    assertRefused("expected a zip archive", Files.createFile(folder.resolve("empty.keras")));
    assertThrows(
        java.nio.file.NoSuchFileException.class,
        () -> KerasArchive.read(folder.resolve("none.keras")));
  }

  @Test
  void flippedBitsInAStoredMember() throws IOException {
    Path file = folder.resolve("flipped.keras");
    byte[] bytes = Files.readAllBytes(KerasFixtures.file("own_3.8.0.keras"));
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    assertRefused("model.weights.h5: expected a sound member", file);
  }

  @Test
  void weightsOfAnotherShape() throws IOException {
    assertRefused(
        "layers/dense/vars/0: expected shape [4, 11], got [4, 10]",
        change(text -> text.replace("\"units\": 10", "\"units\": 11")));
  }

  @Test
  void weightsThatAreNotThere() throws IOException {
    members.put("model.weights.h5", hdf5(file -> file.putDataset("x", new float[10_000])));
    assertRefused("layers/conv2d/vars/0: expected a dataset", pack());
  }

  @Test
  void weightsThatAreNoNumbers() throws IOException {
    StoredModel stored = KerasH5.read(KerasFixtures.file("keras2_legacy_sgd.h5"));
    byte[] content =
        hdf5(
            hdf -> {
              WritableGroup group = hdf.putGroup("layers").putGroup("conv2d").putGroup("vars");
              group.putDataset("0", new float[3][3][3][4]);
              group.putDataset("1", new String[] {"a", "b", "c", "d"});
              group.putDataset("room", new float[10_000]);
            });
    Path bad = Files.write(folder.resolve("bad.weights.h5"), content);
    ModelFormatException refusal =
        assertThrows(ModelFormatException.class, () -> WeightsFile.read(stored.model(), bad));
    assertEquals(
        "bad.weights.h5: layers/conv2d/vars/1: expected numbers, got other data.",
        refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"80000000", "2147483647"})
  void shapesWhoseSizeIsNoNumber(String side) throws IOException {
    members = Archives.unpack(KerasFixtures.file("keras3_nested_end.keras"));
    Path file =
        change(
            text ->
                text.replace(
                    "\"batch_shape\": [null, 6]", "\"batch_shape\": [null, " + side + "]"));
    assertRefused("expected", file);
    members = Archives.unpack(KerasFixtures.file("seed_t0.keras"));
    assertRefused(
        "expected at most 2147483647 numbers",
        change(text -> text.replace("[null, 32, 32, 3]", "[null, " + side + ", " + side + ", 3]")));
  }

  @Test
  void anArrayTooMany() throws IOException {
    StoredModel stored = KerasH5.read(KerasFixtures.file("keras2_legacy_sgd.h5"));
    Path bad = folder.resolve("bad.weights.h5");
    try (Hdf5Draft draft = Hdf5Draft.create(bad)) {
      for (var place : LayerOrder.of(stored.model()).paths(stored.model()).entrySet()) {
        draft.put(place.getValue(), stored.weights().get(place.getKey()));
      }
      draft.put("layers/conv2d/vars/2", 1f);
    }
    ModelFormatException refusal =
        assertThrows(ModelFormatException.class, () -> WeightsFile.read(stored.model(), bad));
    assertEquals(
        "bad.weights.h5: layers/conv2d/vars: expected 2 weights, got 3.", refusal.getMessage());
  }

  @Test
  void weightsThatCannotBeInSoSmallAFile() throws IOException {
    assertRefused(
        "expected weights that fit into a file of",
        change(text -> text.replace("\"units\": 10", "\"units\": 500000000")));
  }

  private interface Content {
    void put(WritableHdfFile file);
  }

  private byte[] hdf5(Content content) throws IOException {
    Path file = folder.resolve("made.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      content.put(hdf);
    }
    return Files.readAllBytes(file);
  }

  private Path pack() throws IOException {
    return Archives.pack(members, folder.resolve("bad.keras"));
  }

  private static void assertRefused(String sentence, Path file) {
    ModelFormatException refusal =
        assertThrows(ModelFormatException.class, () -> KerasArchive.read(file));
    String message = refusal.getMessage();
    assertTrue(message.startsWith(file.getFileName() + ": "), message);
    assertTrue(message.contains(sentence), message);
  }
}
