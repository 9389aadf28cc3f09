package kerava.initializers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import kerava.config.Catalog;
import kerava.config.Codec;
import kerava.config.ConfigException;
import kerava.config.Source;
import org.junit.jupiter.api.Test;

/** Initializers as Keras writes them. */
final class InitializerConfigTest {
  @Test
  void readsKerasNamesAndNewerKeys() throws IOException {
    assertEquals(GlorotUniform.of(), read("\"glorot_uniform\""));
    assertEquals(Zeros.of(), read("\"zeros\""));
    assertEquals(HeNormal.of(), read("{\"class_name\":\"HeNormal\"}"));
    assertEquals(Orthogonal.of(), read("\"OrthogonalInitializer\""));
    String newer = "{\"seed\":null,\"input_axes\":%s,\"output_axes\":null}";
    String wrapped = "{\"class_name\":\"GlorotNormal\",\"config\":" + newer + "}";
    assertEquals(GlorotNormal.of(), read(String.format(wrapped, "null")));
    assertEquals("{\"seed\":null}", GlorotNormal.SCHEMA.write(GlorotNormal.of().config()) + "");
    String axes =
        "{\"class_name\":\"GlorotNormal\",\"config\":"
            + "{\"seed\":null,\"input_axes\":[0],\"output_axes\":[1,2]}}";
    assertEquals(GlorotNormal.of().axes(List.of(0), List.of(1, 2)), read(axes));
    assertThrows(ConfigException.class, () -> read(String.format(wrapped, "\"0\"")));
  }

  @Test
  void writesEveryKeyOfKeras() {
    Map<String, String> configs =
        Map.of(
            "RandomNormal", "{\"seed\":null,\"mean\":0.0,\"stddev\":0.05}",
            "RandomUniform", "{\"seed\":null,\"minval\":-0.05,\"maxval\":0.05}",
            "TruncatedNormal", "{\"seed\":null,\"mean\":0.0,\"stddev\":0.05}",
            "Constant", "{\"value\":0.0}",
            "Identity", "{}",
            "Orthogonal", "{\"seed\":null,\"gain\":1.0}",
            "VarianceScaling",
                "{\"seed\":null,\"scale\":1.0,\"mode\":\"fan_in\","
                    + "\"distribution\":\"truncated_normal\"}");
    for (var schema : InitializerSchemas.all()) {
      String json = schema.write(schema.config()).toString();
      if (configs.containsKey(schema.className())) {
        assertEquals(configs.get(schema.className()), json);
      }
    }
  }

  private static Initializer read(String json) throws IOException {
    Catalog catalog = Catalog.empty().with(Initializer.class, InitializerSchemas.all());
    return Codec.object(Initializer.class)
        .read(Source.root(new ObjectMapper().readTree(json), catalog));
  }
}
