package kerava.saving.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.Layer;
import kerava.Optimizer;
import kerava.Schedule;
import kerava.config.Catalog;
import kerava.config.ConfigException;
import kerava.config.Source;
import kerava.layers.LayerSchemas;
import kerava.layers.preprocessing.PreprocessingSchemas;
import kerava.optimizers.OptimizerSchemas;
import kerava.optimizers.schedules.ScheduleSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What older versions of Keras wrote, and what becomes of it. */
final class OlderKerasTest {
  private static final Catalog CATALOG =
      Catalog.empty()
          .with(Layer.class, LayerSchemas.all())
          .with(Optimizer.class, OptimizerSchemas.all())
          .with(Schedule.class, ScheduleSchemas.all());

  private final List<String> remarks = new ArrayList<>();

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Source source(String text) {
    return Source.root(json(text), CATALOG);
  }

  private Optimizer optimizer(String name, String config) {
    return OptimizerJson.read(
        source("{'class_name': '" + name + "', 'config': {" + config + "}}"), remarks);
  }

  @Test
  void theRateWasCalledLr() {
    assertEquals(0.5, optimizer("SGD", "'lr': 0.5, 'decay': 0.0").learningRate().initial());
    assertEquals(0.25, optimizer("SGD", "'learning_rate': 0.25").learningRate().initial());
    assertEquals(optimizer("Adam", "'lr': 0.5"), optimizer("Adam", "'lr': 0.5, 'epsilon': null"));
    assertEquals(List.of(), remarks);
  }

  @Test
  void decayIsASchedule() {
    Optimizer decayed = optimizer("SGD", "'lr': 0.5, 'decay': 0.1");
    assertEquals(
        optimizer(
            "SGD",
            "'learning_rate': {'class_name': 'InverseTimeDecay', 'config':"
                + " {'initial_learning_rate': 0.5, 'decay_steps': 1, 'decay_rate': 0.1}}"),
        decayed);
    assertTrue(decayed.learningRate().schedule().isPresent());
    assertTrue(optimizer("SGD", "'lr': 0.5, 'decay': null").learningRate().schedule().isEmpty());
    assertEquals(List.of(), remarks);
    optimizer(
        "SGD",
        "'decay': 0.1, 'learning_rate': {'class_name': 'InverseTimeDecay', 'config':"
            + " {'initial_learning_rate': 0.5, 'decay_steps': 1, 'decay_rate': 0.1}}");
    assertEquals(
        List.of(
            "Of its optimizer the decay, 0.1, was left out: it comes on top of a schedule, which"
                + " Keras 3 does not do."),
        remarks);
  }

  @Test
  void lookupsWereOfTheTypeOfTheirTerms() {
    Catalog catalog = Catalog.empty().with(Layer.class, PreprocessingSchemas.all());
    String config = "{'class_name': 'IntegerLookup', 'config': {'vocabulary': [7]%s}}";
    assertEquals(
        json(config.formatted("")),
        new ConfigMigration(catalog).plain(json(config.formatted(", 'dtype': 'int64'")), "$"));
    JsonNode hashing =
        json("{'class_name': 'Hashing', 'config': {'num_bins': 3, 'dtype': 'int64'}}");
    assertEquals(hashing, new ConfigMigration(catalog).plain(hashing, "$"));
  }

  @Test
  void nadamAndRmspropGoOnInAnotherWay() {
    optimizer("Nadam", "'lr': 0.5, 'schedule_decay': 0.004");
    assertEquals(
        List.of(
            "Of its optimizer the decay of Nadam's momentum, 0.004, was left out: Keras 3 has"
                + " another that is fixed."),
        remarks);
    remarks.clear();
    optimizer("RMSprop", "'learning_rate': 0.5");
    optimizer("RMSprop", "'lr': 0.5, 'momentum': 0.9");
    optimizer("SGD", "'lr': 0.5");
    assertEquals(List.of(), remarks);
    optimizer("RMSprop", "'lr': 0.5");
    optimizer("RMSprop", "'learning_rate': 0.5, 'decay': 0.0");
    assertEquals(2, remarks.size());
    assertTrue(remarks.get(0).startsWith("Its optimizer goes on as RMSprop of Keras 3: "));
    assertThrows(
        ConfigException.class, () -> OptimizerJson.read(source("{'class_name': 'None'}"), remarks));
  }

  @ParameterizedTest
  @CsvSource({"2.15.0, 1", "2.2.4, 1", "3.3.3, 0", ", 0"})
  void hardSigmoidOfKeras2WasAnother(String version, int count) {
    JsonNode model = json("{'config': {'layers': [{'config': {'activation': 'hard_sigmoid'}}]}}");
    List<String> said = Keras2Differences.remarks(model, Optional.ofNullable(version));
    assertEquals(count, said.size());
    JsonNode other = json("{'config': {'layers': [{'config': {'activation': 'sigmoid'}}]}}");
    assertEquals(List.of(), Keras2Differences.remarks(other, Optional.ofNullable(version)));
  }

  /** Whether a key of a layer that Kerava does not know may be passed over. */
  private static boolean ignorable(String key, String value) {
    Source owner = source("{}");
    return IgnorableKeys.isIgnorable(key, json(value), owner);
  }

  @ParameterizedTest
  @CsvSource({
    "fused, true, true",
    "synchronized, false, true",
    "synchronized, true, false",
    "synchronized, null, true",
    "ragged, true, false",
    "data_format, null, true",
    "data_format, 'channels_last', true",
    "data_format, 'channels_first', false",
    "data_format, 1, false",
    "groups, 1, true",
    "groups, 2, false",
    "axis, -1, true",
    "axis, 1, false",
    "label_smoothing, 0, true",
    "label_smoothing, 0.0, true",
    "label_smoothing, null, true",
    "label_smoothing, 0.1, false",
    "trainable, true, true",
    "trainable, false, false",
    "trainable, 1, false",
    "name, 'x', true",
    "name, 1, false",
    "lora_rank, null, true",
    "lora_rank, 4, false",
    "ema_momentum, 0.5, true",
    "unheard_of, null, false"
  })
  void whatSaysNothingIsPassedOver(String key, String value, boolean ignored) {
    String text =
        value.matches("[a-z].*") && !value.matches("true|false|null") ? "'" + value + "'" : value;
    assertEquals(ignored, ignorable(key, text));
  }

  @Test
  void numbersOfOtherTypesAreRefused() {
    assertTrue(ignorable("dtype", "null"));
    assertTrue(ignorable("dtype", "'float32'"));
    assertTrue(
        ignorable("dtype", "{'class_name': 'DTypePolicy', 'config': {'name': 'mixed_float16'}}"));
    ConfigException refusal =
        assertThrows(ConfigException.class, () -> ignorable("dtype", "'float64'"));
    assertTrue(refusal.getMessage().contains("$.dtype: expected one of ["), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("got \"float64\""), refusal.getMessage());
  }

  private static JsonNode plain(String text) {
    return new ConfigMigration(CATALOG).plain(json(text), "$");
  }

  @Test
  void configsBecomeTheSame() {
    assertEquals(json("[1, 2]"), plain("{'class_name': '__tuple__', 'items': [1, 2]}"));
    assertEquals(json("'relu'"), plain("{'class_name': 'function', 'config': 'relu'}"));
    ObjectNode dense =
        (ObjectNode)
            plain(
                "{'class_name': 'Custom>Dense', 'shared_object_id': 3, 'config': {'units': 2,"
                    + " 'adjustment': null, 'quantization_mode': 1}}");
    assertEquals(
        json("{'class_name': 'Dense', 'config': {'units': 2, 'quantization_mode': 1}}"), dense);
    assertEquals(
        json("{'class_name': 'Sequential', 'config': {'layers': []}}"),
        plain("{'class_name': 'Sequential', 'config': []}"));
    assertEquals(
        json("'accuracy'"),
        plain("{'class_name': 'MeanMetricWrapper', 'config': {'name': 'accuracy', 'fn': 'x'}}"));
  }

  @ParameterizedTest
  @CsvSource({"__lambda__", "Lambda", "function"})
  void codeIsRefused(String name) {
    assertEquals(
        "$.class_name: expected an object without code, got \""
            + name
            + "\". Kerava never runs code that a file carries.",
        assertThrows(
                ConfigException.class,
                () -> plain("{'class_name': '" + name + "', 'config': {'code': 'x'}}"))
            .getMessage());
  }

  @Test
  void classesThatOthersRegisteredAreNamed() {
    ConfigException refusal =
        assertThrows(
            ConfigException.class,
            () ->
                plain(
                    "{'class_name': 'Dense', 'registered_name': 'mine>Dense', 'config': {'units':"
                        + " 1}}"));
    assertTrue(
        refusal
            .getMessage()
            .startsWith(
                "$.registered_name: expected a class that the registry knows, got \"mine>Dense\"."),
        refusal.getMessage());
  }
}
