package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import kerava.Layer;
import kerava.LayerJson;
import kerava.config.Catalog;
import kerava.config.Configured;
import kerava.config.Schema;
import kerava.config.Source;
import kerava.constraints.Constraint;
import kerava.constraints.ConstraintSchemas;
import kerava.initializers.Initializer;
import kerava.initializers.InitializerSchemas;
import kerava.layers.attention.AttentionSchemas;
import kerava.layers.preprocessing.PreprocessingSchemas;
import kerava.layers.recurrent.RecurrentSchemas;
import kerava.regularizers.Regularizer;
import kerava.regularizers.RegularizerSchemas;

/** Reads configs that Keras wrote, and compares them with ours. */
public final class KerasConfig {
  /** Everything that a layer's config may name. */
  public static final Catalog CATALOG =
      Catalog.empty()
          .with(Layer.class, LayerSchemas.all())
          .with(Layer.class, AttentionSchemas.all())
          .with(Layer.class, PreprocessingSchemas.all())
          .with(Layer.class, RecurrentSchemas.all())
          .with(Initializer.class, InitializerSchemas.all())
          .with(Regularizer.class, RegularizerSchemas.all())
          .with(Constraint.class, ConstraintSchemas.all());

  /** What Keras 3.15 writes and Kerava does not, because older versions would refuse it. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "activity_regularizer",
          "antialias",
          "build_config",
          "dtype",
          "fill_mode",
          "fill_value",
          "input_axes",
          "output_axes",
          "pad_to_aspect_ratio",
          "quantization_config",
          "renorm",
          "renorm_clipping",
          "renorm_momentum",
          "rms_scaling",
          "sliding_window",
          "synchronized",
          "use_gate");

  /** The same where other layers do write a key of that name. */
  private static final Set<String> LEFT_OUT_HERE =
      Set.of(
          "AdditiveAttention.seed",
          "Attention.seed",
          "GroupQueryAttention.seed",
          "MultiHeadAttention.seed",
          "IntegerLookup.oov_method",
          "IntegerLookup.salt",
          "StringLookup.oov_method",
          "StringLookup.salt",
          "RandomBrightness.data_format",
          "RandomContrast.data_format",
          "RandomContrast.value_range",
          "RandomFlip.data_format");

  private KerasConfig() {}

  /** The object of a class that Keras wrote a config of. */
  public static Configured read(
      Class<? extends Configured> kind, String className, JsonNode config) {
    if (kind == Layer.class) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("class_name", className);
      json.set("config", withoutType(config));
      return LayerJson.CODEC.read(Source.root(json, CATALOG));
    }
    Schema<?> schema = CATALOG.find(kind, className).orElseThrow();
    return schema.read(Source.root(withoutType(config), CATALOG));
  }

  // Number types are a matter of whole models.
  private static JsonNode withoutType(JsonNode config) {
    ObjectNode copy = config.deepCopy();
    copy.remove("dtype");
    return copy;
  }

  /** What an object's config looks like in JSON. */
  public static JsonNode write(Configured object) {
    return object.schema().write(object.config());
  }

  /** Keras would take our JSON for what it wrote itself. */
  public static void assertSame(JsonNode keras, JsonNode ours, String where) {
    if (keras.isNumber() && ours.isNumber()) {
      assertEquals(keras.doubleValue(), ours.doubleValue(), where);
    } else if (keras.isObject() && ours.isObject()) {
      assertSameFields(keras, ours, where);
    } else if (keras.isArray() && ours.isArray()) {
      assertEquals(keras.size(), ours.size(), where);
      for (int i = 0; i < keras.size(); i++) {
        assertSame(keras.get(i), ours.get(i), where + "[" + i + "]");
      }
    } else if (keras.isArray() && keras.size() == 1) {
      assertSame(keras.get(0), ours, where);
    } else {
      assertEquals(keras, ours, where);
    }
  }

  private static void assertSameFields(JsonNode keras, JsonNode ours, String where) {
    for (Map.Entry<String, JsonNode> field : ours.properties()) {
      assertTrue(keras.has(field.getKey()), where + ": Keras writes no " + field.getKey());
      assertSame(keras.get(field.getKey()), field.getValue(), where + "." + field.getKey());
    }
    for (Iterator<String> i = keras.fieldNames(); i.hasNext(); ) {
      String name = i.next();
      boolean leftOut = LEFT_OUT.contains(name) || LEFT_OUT_HERE.contains(where + "." + name);
      assertTrue(ours.has(name) || leftOut, where + ": we write no " + name);
    }
  }
}
