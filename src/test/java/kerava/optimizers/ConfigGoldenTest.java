package kerava.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kerava.KerasCase;
import kerava.config.Catalog;
import kerava.config.Configured;
import kerava.config.Schema;
import kerava.config.Source;
import kerava.losses.LossSchemas;
import kerava.metrics.MetricSchemas;
import kerava.optimizers.schedules.ScheduleSchemas;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The configs of losses, metrics, optimizers and schedules against those of Python Keras. */
final class ConfigGoldenTest {
  private static final Map<String, List<? extends Schema<?>>> KINDS =
      Map.of(
          "loss", LossSchemas.all(),
          "metric", MetricSchemas.all(),
          "optimizer", OptimizerSchemas.all(),
          "schedule", ScheduleSchemas.all());

  static Stream<Arguments> configs() {
    return Stream.of("training.json", "later_training.json")
        .map(file -> KerasCase.file(file).get("configs"))
        .flatMap(
            all ->
                KINDS.keySet().stream()
                    .sorted()
                    .flatMap(
                        kind ->
                            all.path(kind).properties().stream()
                                .map(
                                    entry ->
                                        Arguments.of(kind, entry.getKey(), entry.getValue()))));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void isReadAndWrittenAsKerasWritesIt(String kind, String name, JsonNode keras) {
    Schema<?> schema = schema(kind, name.replaceAll(" .*", ""));
    Configured object = schema.read(Source.root(keras, Catalog.empty()));
    ObjectNode wanted = keras.deepCopy();
    wanted.remove("dtype");
    if (kind.equals("metric")) {
      // Keras 3.5 does not know the key.
      wanted.remove("ignore_class");
    }
    ObjectNode written = schema.write(object.config());
    assertEquals(List.copyOf(names(wanted)), List.copyOf(names(written)));
    wanted
        .properties()
        .forEach(
            entry -> assertSame(entry.getValue(), written.get(entry.getKey()), entry.getKey()));
    assertTrue(schema.module().startsWith("keras."), schema.module());
  }

  private static List<String> names(ObjectNode json) {
    return json.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  private static void assertSame(JsonNode wanted, JsonNode got, String key) {
    if (wanted.isNumber()) {
      // Keras' learning rate went through single precision.
      assertEquals(wanted.asDouble(), got.asDouble(), 1e-9, key);
      return;
    }
    if (wanted.isArray()) {
      assertEquals(wanted.size(), got.size(), key);
      for (int i = 0; i < wanted.size(); i++) {
        assertSame(wanted.get(i), got.get(i), key);
      }
      return;
    }
    assertEquals(wanted, got, key);
  }

  private static Schema<?> schema(String kind, String className) {
    return KINDS.get(kind).stream()
        .filter(schema -> schema.className().equals(className))
        .findFirst()
        .orElseThrow();
  }
}
