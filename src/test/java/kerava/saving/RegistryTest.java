package kerava.saving;

import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.Input;
import kerava.Inputs;
import kerava.Layer;
import kerava.Model;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.UnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Scope;
import kerava.graph.Weights;
import kerava.initializers.Ones;
import kerava.interop.EnabledIfPython;
import kerava.interop.Predictions;
import kerava.interop.PythonReference;
import kerava.layers.Dense;
import kerava.saving.json.ModelWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** A layer of a user's own, which Python has under the same name. */
final class RegistryTest {
  private static final Array INPUT = Array.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

  @TempDir Path folder;

  /** Multiplies by a weight and a number: any shape → the same. */
  private record Gain(Config config) implements UnaryLayer {
    private static final Key<Double> FACTOR = Key.of("factor", Codec.number(), 1.0);
    static final Schema<Gain> SCHEMA =
        Schema.of("acme", "Gain", Gain::new, FACTOR)
            .withFirst(List.of(Layer.NAME, Layer.TRAINABLE));

    static Gain of(double factor) {
      return new Gain(SCHEMA.config().with(FACTOR, factor));
    }

    @Override
    public Shape outputShape(Inputs inputs) {
      return inputs.single();
    }

    @Override
    public List<WeightSpec> weights(Inputs inputs) {
      long channels = inputs.single().get(inputs.single().numDimensions() - 1);
      return List.of(WeightSpec.trained("gain", Shape.of(channels), Ones.of()));
    }

    @Override
    public Operand<TFloat32> build(Scope scope, Operand<TFloat32> input) {
      Operand<TFloat32> factor = scope.tf().constant(config.get(FACTOR).floatValue());
      return scope.tf().math.mul(scope.tf().math.mul(input, scope.weight("gain")), factor);
    }

    @Override
    public Schema<Gain> schema() {
      return SCHEMA;
    }
  }

  private StoredModel written(Path file) throws Exception {
    Model model = Sequential.of(Input.of(3), Gain.of(0.5), Dense.of(2));
    Map<String, Array> weights = new LinkedHashMap<>();
    weights.put("gain/gain", Array.of(new float[] {1, 2, 3}, 3));
    weights.put("dense/kernel", Array.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2));
    weights.put("dense/bias", Array.of(new float[] {1, -1}, 2));
    StoredModel stored = StoredModel.of(model, Weights.of(weights));
    KerasArchive.write(stored, file);
    return stored;
  }

  @Test
  void readsAnAddedLayer() throws Exception {
    Path file = folder.resolve("own.keras");
    StoredModel stored = written(file);
    StoredModel read = KerasArchive.read(file, Registry.standard().with(Layer.class, Gain.SCHEMA));
    assertEquals(ModelWriter.write(stored.model()), ModelWriter.write(read.model()));
    assertEquals(stored.weights(), read.weights());
  }

  @Test
  void refusesALayerThatWasNotAdded() throws Exception {
    Path file = folder.resolve("own.keras");
    written(file);
    String message =
        assertThrows(ModelFormatException.class, () -> KerasArchive.read(file)).getMessage();
    assertEquals(
        "own.keras: $.config.layers[1].registered_name: expected a class that the registry knows,"
            + " got \"acme>Gain\". A class of your own is added with Registry.with.",
        message);
  }

  @Test
  void refusesAForeignLayerOfAKnownName() throws Exception {
    Path file = folder.resolve("own.keras");
    written(file);
    Schema<Gain> other = Schema.of("other", "Gain", Gain::new, Gain.FACTOR);
    Registry registry = Registry.standard().with(Layer.class, other);
    assertTrue(
        assertThrows(ModelFormatException.class, () -> KerasArchive.read(file, registry))
            .getMessage()
            .contains("acme>Gain"));
  }

  @Test
  @EnabledIfPython
  void isTheSameInPython() throws Exception {
    Path file = folder.resolve("own.keras");
    StoredModel stored = written(file);
    PythonReference reference =
        new PythonReference(file, folder)
            .give("x", INPUT)
            .give(
                "custom.py",
                """
                import keras

                @keras.saving.register_keras_serializable(package="acme")
                class Gain(keras.layers.Layer):
                    def __init__(self, factor=1.0, **kwargs):
                        super().__init__(**kwargs)
                        self.factor = factor

                    def build(self, shape):
                        self.gain = self.add_weight(shape=shape[-1:], initializer="ones", name="gain")

                    def call(self, inputs):
                        return inputs * self.gain * self.factor

                    def get_config(self):
                        return {**super().get_config(), "factor": self.factor}
                """);
    PythonReference.run("continue_training.py", reference);
    assertEquals("[]", reference.report().get("warnings").toString());
    assertNear(
        reference.numbers("predictions"),
        Predictions.of(stored.model(), stored.weights(), INPUT),
        1e-5);
  }
}
