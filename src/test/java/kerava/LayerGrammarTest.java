package kerava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.config.CallArguments;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.Device;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import kerava.graph.Weights;
import kerava.layers.Concatenate;
import kerava.layers.Flatten;
import kerava.saving.KerasArchive;
import kerava.saving.Registry;
import kerava.saving.json.ModelWriter;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** What layers may take and give: types, several outputs, arguments by name, masks. */
final class LayerGrammarTest {
  /** The sum and the count of the steps that count, with an argument that turns signs. */
  record Totals(Config config) implements TensorLayer {
    static final Schema<Totals> SCHEMA = Layer.schema("Totals", Totals::new);

    @Override
    public List<String> arguments() {
      return List.of("steps", "start", "negative");
    }

    @Override
    public CallArguments arguments(int nodes) {
      return CallArguments.each(arguments().subList(0, nodes));
    }

    @Override
    public List<TensorSpec> outputs(Inputs inputs) {
      Shape batch = Shape.of(inputs.shapes().get(0).get(0));
      return List.of(TensorSpec.floats(batch), new TensorSpec(batch, DType.INT64));
    }

    @Override
    public List<TensorValue> call(Scope scope, LayerCall call) {
      Ops tf = scope.tf();
      Operand<TFloat32> steps = call.value("steps").orElseThrow().as(TFloat32.class);
      Operand<TBool> counts =
          call.values().get(0).mask().orElseGet(() -> tf.math.equal(steps, steps));
      Operand<TFloat32> kept = tf.select(counts, steps, tf.fill(tf.shape(steps), tf.constant(0f)));
      Operand<TFloat32> sum = tf.sum(kept, tf.constant(1));
      Operand<TFloat32> begun =
          call.value("start")
              .<Operand<TFloat32>>map(start -> tf.math.add(sum, start.as(TFloat32.class)))
              .orElse(sum);
      boolean negative = call.arguments().flag("negative", false);
      return List.of(
          TensorValue.of(negative ? tf.math.neg(begun) : begun),
          TensorValue.of(tf.sum(tf.dtypes.cast(counts, TInt64.class), tf.constant(1))));
    }

    @Override
    public Schema<Totals> schema() {
      return SCHEMA;
    }
  }

  /** Leaves steps of 0 out. */
  record SkipZeros(Config config) implements UnaryLayer {
    static final Schema<SkipZeros> SCHEMA = Layer.schema("SkipZeros", SkipZeros::new);

    @Override
    public Shape outputShape(Inputs inputs) {
      return inputs.single();
    }

    @Override
    public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
      return x;
    }

    @Override
    public Optional<Operand<TBool>> outputMask(Scope scope, LayerCall call) {
      Operand<TFloat32> x = call.values().get(0).as(TFloat32.class);
      return Optional.of(scope.tf().math.notEqual(x, scope.tf().constant(0f)));
    }

    @Override
    public Schema<SkipZeros> schema() {
      return SCHEMA;
    }
  }

  private static Totals totals() {
    return new Totals(Totals.SCHEMA.config());
  }

  private static final Array STEPS = Array.of(new float[] {1, 0, 3, 0, 0, 5}, 2, 3);

  private static List<Array> predict(Model model, Array... inputs) {
    try (Predictor predictor = Predictor.of(model, Weights.none(), Device.cpu())) {
      return predictor.predict(List.of(inputs));
    }
  }

  @Test
  void severalOutputsHaveTypesOfTheirOwn() {
    Node steps = Input.of(3);
    Node sum = totals().apply(steps);
    Model model = Model.of(List.of(steps), sum.outputs());
    assertEquals(
        List.of(DType.FLOAT32, DType.INT64), sum.outputs().stream().map(Node::type).toList());
    List<Array> outputs = predict(model, STEPS);
    assertArrayEquals(new float[] {4, 5}, outputs.get(0).floats());
    assertArrayEquals(new long[] {3, 3}, outputs.get(1).longs());
  }

  @Test
  void masksTravelWithValues() {
    Node steps = Input.of(3);
    Node skipped = new SkipZeros(SkipZeros.SCHEMA.config()).apply(steps);
    Node counted = totals().apply(kerava.layers.Identity.of().apply(skipped));
    assertArrayEquals(
        new long[] {2, 1},
        predict(Model.of(List.of(steps), counted.outputs()), STEPS).get(1).longs());
    // A layer that supports no masks gives none.
    Node flat = totals().apply(Flatten.of().apply(skipped));
    assertArrayEquals(
        new long[] {3, 3}, predict(Model.of(List.of(steps), flat.outputs()), STEPS).get(1).longs());
  }

  @Test
  void argumentsHaveNames(@TempDir Path folder) throws IOException {
    Node steps = Input.of(3);
    Node start = Input.of(new long[0]);
    CallArguments arguments = CallArguments.each(List.of("steps", "start")).with("negative", true);
    Model model = Model.of(List.of(steps, start), List.of(totals().apply(arguments, steps, start)));
    Array starts = Array.of(new float[] {10, 20}, 2);
    assertArrayEquals(new float[] {-14, -25}, predict(model, STEPS, starts).get(0).floats());
    JsonNode call =
        ModelWriter.write(model).path("config").path("layers").get(2).path("inbound_nodes").get(0);
    assertEquals(2, call.path("args").size());
    assertEquals("{\"negative\":true}", call.path("kwargs").toString());
    Path file = folder.resolve("totals.keras");
    KerasArchive.write(StoredModel.of(model, Weights.none()), file);
    Registry registry = Registry.standard().with(Layer.class, Totals.SCHEMA);
    assertEquals(
        ModelWriter.write(model), ModelWriter.write(KerasArchive.read(file, registry).model()));
  }

  @Test
  void refusesArgumentsThatTheLayerDoesNotHave() {
    Node steps = Input.of(3);
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> totals().apply(CallArguments.each(List.of("stepz")), steps));
    assertTrue(String.valueOf(refusal.getMessage()).contains("[steps, start, negative]"));
    assertThrows(
        IllegalArgumentException.class,
        () -> totals().apply(CallArguments.each(List.of("steps", "start")), steps));
  }

  @Test
  void whatMovesValuesKeepsTheirType() {
    Node one = Input.of(DType.INT64, 2, 1);
    Node other = Input.of(DType.INT64, 1);
    Model model =
        Model.of(
            Map.of("one", one, "other", other),
            Map.of("all", Concatenate.of().apply(Flatten.of().apply(one), other)));
    assertEquals(DType.INT64, model.outputSpecs().get(0).type());
    long beyondFloats = (1L << 40) + 1;
    Array first = Array.of(new long[] {beyondFloats, 2}, 1, 2, 1);
    assertArrayEquals(
        new long[] {beyondFloats, 2, 7},
        predict(model, first, Array.of(new long[] {7}, 1, 1)).get(0).longs());
  }

  @Test
  void textsGoOnlyWhereTheyCan() {
    Node words = Input.of(DType.STRING, 2);
    Model model = Model.of(words, Flatten.of().apply(words));
    Array texts = Array.of(new String[] {"ä", "b"}, 1, 2);
    assertArrayEquals(new String[] {"ä", "b"}, predict(model, texts).get(0).texts());
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> kerava.layers.Dense.of(3).apply(words));
    assertTrue(String.valueOf(refusal.getMessage()).contains("StringLookup"));
  }
}
