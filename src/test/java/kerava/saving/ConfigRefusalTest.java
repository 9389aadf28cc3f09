package kerava.saving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import kerava.StoredModel;
import kerava.files.Limits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives that are refused for their configs: each by a sentence that names the place. */
final class ConfigRefusalTest {
  @TempDir Path folder;
  private ChangedArchive archive;

  @BeforeEach
  void takeASoundArchive() throws IOException {
    archive = ChangedArchive.of(folder, "own_3.8.0.keras");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"filters\": 4 | \"filters\": 0 | $.config.layers[1].config.filters: expected a whole",
        "\"filters\": 4 | \"filters\": \"4\" | $.config.layers[1].config.filters: expected a whole",
        "\"groups\": 1 | \"groups\": 3 | $.config.layers[1].config: expected arguments that go",
        "\"padding\": \"same\" | \"padding\": \"causal\" | $.config.layers[1].config.padding:",
        "\"class_name\": \"Conv2D\" | \"class_name\": \"Conv5D\" | got \"Conv5D\"",
        "\"class_name\": \"Conv2D\" | \"class_name\": \"Lambda\" | Kerava never runs code that a",
        "\"class_name\": \"Conv2D\" | \"class_name\": \"TFSMLayer\" | a layer that the file itself",
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
    ChangedArchive.assertRefused(sentence, archive.change(text -> text.replace(from, to)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"loss_weights\": null | \"loss_weights\": \"two\" | false | $.compile_config.loss_weights: ",
        "\"learning_rate\": 0.001 | \"learning_rate\": NaN, \"spare\": 0.001 | false | expected",
        "\"loss\": \" | \"loss\": \"my_ | false | $.compile_config.loss: expected one of 2",
        "\"weighted_metrics\": null | \"weighted_metrics\": [\"my\"] | true | $.compile_config.weigh",
        "\"metrics\": [ | \"metrics\": [\"my_auc\", | true | $.compile_config.metrics[0]: expected one",
      })
  void whatIsOnlyForTrainingIsLeftOutWithARemark(
      String from, String to, boolean settings, String sentence) throws IOException {
    StoredModel stored = KerasArchive.read(archive.change(text -> text.replace(from, to)));
    assertEquals(settings, stored.settings().isPresent());
    assertEquals(1, stored.card().remarks().size());
    assertTrue(stored.card().remarks().get(0).contains(sentence), stored.card().remarks().get(0));
  }

  @Test
  void deepJson() throws IOException {
    archive.members.put("config.json", ("[".repeat(5000) + "]".repeat(5000)).getBytes(UTF_8));
    ChangedArchive.assertRefused("config.json: expected JSON", archive.pack());
  }

  @Test
  void moreLayersThanAnyModelHas() throws IOException {
    StringBuilder layers = new StringBuilder();
    for (int i = 0; i <= Limits.DEFAULTS.layers(); i++) {
      layers.append("{\"class_name\":\"Flatten\",\"config\":{}},");
    }
    archive.members.put(
        "config.json",
        ("{\"class_name\":\"Sequential\",\"config\":{\"layers\":[" + layers + "0]}}")
            .getBytes(UTF_8));
    ChangedArchive.assertRefused(
        "$.config.layers: expected at most 2000 layers in all", archive.pack());
  }
}
