package kerava.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import kerava.CompileSettings;
import kerava.Golden;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.TestDevice;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.Dense;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.Adam;

/**
 * A small network, its data and its first weights, as {@code tools/golden/training.py} has them.
 */
public final class Small {
  static final JsonNode GOLDEN = Golden.read("fit.json");
  static final String ACCURACY = "sparse_categorical_accuracy";
  public static final Model MODEL =
      Sequential.of(
          Input.of(6),
          Dense.of(5).activation(ActivationFunction.RELU),
          Dense.of(3).activation(ActivationFunction.SOFTMAX));
  public static final Dataset DATA =
      Dataset.of(
          Array.of(Golden.floats(GOLDEN.get("x")), 21, 6),
          Array.of(IntStream.range(0, 21).map(i -> GOLDEN.get("y").get(i).asInt()).toArray(), 21));

  private Small() {}

  static Weights weights() {
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      arrays.put(
          MODEL.weights().get(i).name(),
          Array.of(
              Golden.floats(GOLDEN.get("weights").get(i)),
              MODEL.weights().get(i).shape().asArray()));
    }
    return Weights.of(arrays);
  }

  public static CompileSettings settings() {
    return CompileSettings.of(
        Adam.of(0.01), SparseCategoricalCrossentropy.of(), SparseCategoricalAccuracy.of());
  }

  /** A trainer on the CPU with the first weights. */
  public static Trainer trainer() {
    return trainer(0);
  }

  public static Trainer trainer(long seed) {
    TrainerOptions options = TrainerOptions.defaults().withSeed(seed).withDevice(TestDevice.get());
    Trainer trainer = Trainer.compile(MODEL, settings(), options);
    trainer.restore(weights());
    return trainer;
  }
}
