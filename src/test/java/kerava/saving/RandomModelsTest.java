package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Layer;
import kerava.Loss;
import kerava.Model;
import kerava.ModelCard;
import kerava.Node;
import kerava.Optimizer;
import kerava.OptimizerState;
import kerava.Sequential;
import kerava.SharedLayer;
import kerava.Slot;
import kerava.StoredModel;
import kerava.WeightSpec;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.Activation;
import kerava.layers.ActivationFunction;
import kerava.layers.Add;
import kerava.layers.AveragePooling2D;
import kerava.layers.BatchNormalization;
import kerava.layers.Concatenate;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Dropout;
import kerava.layers.GlobalAveragePooling2D;
import kerava.layers.Padding;
import kerava.layers.ReLU;
import kerava.losses.CategoricalCrossentropy;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.optimizers.Adam;
import kerava.optimizers.AdamW;
import kerava.optimizers.Nadam;
import kerava.optimizers.RMSprop;
import kerava.optimizers.SGD;
import kerava.regularizers.L2;
import kerava.saving.json.ModelWriter;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Models at random: what is written is what is read. */
final class RandomModelsTest {
  @TempDir Path folder;

  @RepeatedTest(40)
  void comeBackAsTheyWere() throws IOException {
    long seed = Long.getLong("kerava.models.seed", new Random().nextLong());
    System.out.println("RandomModelsTest: -Dkerava.models.seed=" + seed);
    Random random = new Random(seed);
    StoredModel stored = stored(random, random.nextBoolean() ? chain(random) : tree(random));
    Path file = folder.resolve("model.keras");
    KerasArchive.write(stored, file);
    StoredModel read = KerasArchive.read(file);
    assertEquals(ModelWriter.write(stored.model()), ModelWriter.write(read.model()));
    assertEquals(stored.weights(), read.weights());
    assertEquals(stored.settings(), read.settings());
    assertEquals(stored.optimizer(), read.optimizer());
    assertEquals(stored.card().classNames(), read.card().classNames());
    assertEquals(stored.model().preprocessing(), read.model().preprocessing());
    assertTrue(read.model().saysPreprocessing());

    Path weights = folder.resolve("model.weights.h5");
    WeightsFile.write(stored.model(), stored.weights(), weights);
    assertEquals(stored.weights(), WeightsFile.read(read.model(), weights));
  }

  private static Model chain(Random random) {
    List<Layer> layers = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      layers.add(layer(random));
    }
    layers.add(GlobalAveragePooling2D.of());
    layers.add(Dense.of(3).activation(ActivationFunction.SOFTMAX));
    return Sequential.of(Input.of(8, 8, 3), layers).named("chain");
  }

  /** Layers that keep height and width, so that any may follow any. */
  private static Layer layer(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> Conv2D.of(1 + random.nextInt(3), 1 + random.nextInt(3)).padding(Padding.SAME);
      case 1 -> Conv2D.of(2, 1).useBias(false).kernelRegularizer(L2.of(0.01));
      case 2 -> BatchNormalization.of();
      case 3 -> BatchNormalization.of().frozen();
      case 4 -> Dropout.of(0.25);
      case 5 -> ReLU.of();
      default -> Conv2D.of(2, 3).padding(Padding.SAME).named("mine" + random.nextInt(1 << 30));
    };
  }

  private static Model tree(Random random) {
    Node input = random.nextBoolean() ? Input.of(8, 8, 2) : Input.named("image", 8, 8, 2);
    List<Node> nodes = new ArrayList<>(List.of(input));
    SharedLayer shared = SharedLayer.of(Conv2D.of(2, 3).padding(Padding.SAME));
    Model inner =
        random.nextBoolean()
            ? Sequential.of(Input.of(8, 8, 2), Conv2D.of(2, 1), BatchNormalization.of())
            : Model.of(nodes.get(0), nodes.get(0).then(Conv2D.of(2, 1))).named("inner");
    SharedLayer nested = SharedLayer.of(kerava.ModelLayer.of(inner));
    for (int i = 2 + random.nextInt(6); i >= 0; i--) {
      Node from = nodes.get(random.nextInt(nodes.size()));
      Node other = nodes.get(random.nextInt(nodes.size()));
      nodes.add(
          switch (random.nextInt(6)) {
            case 0 -> from.then(shared);
            case 1 -> from.then(nested);
            case 2 -> Add.of().apply(from, other);
            case 3 -> Concatenate.of().apply(from, other).then(Conv2D.of(2, 1));
            case 4 -> from.then(Activation.of(ActivationFunction.RELU));
            default -> from.then(BatchNormalization.of());
          });
    }
    Node all = nodes.size() > 2 ? Add.of().apply(nodes.toArray(Node[]::new)) : nodes.get(1);
    return Model.of(input, all.then(AveragePooling2D.of(8)).then(Conv2D.of(3, 1)));
  }

  private static StoredModel stored(Random random, Model model) {
    Map<String, Array> weights = new LinkedHashMap<>();
    for (WeightSpec spec : model.weights()) {
      weights.put(spec.name(), numbers(random, spec.shape().asArray()));
    }
    ModelCard card =
        random.nextBoolean()
            ? ModelCard.blank()
            : ModelCard.blank().classNames(List.of("cat", "Käfer", "\""));
    StoredModel stored = StoredModel.of(model, Weights.of(weights)).card(card);
    if (random.nextInt(4) == 0) {
      return stored;
    }
    Optimizer optimizer = optimizer(random);
    Loss loss =
        random.nextBoolean()
            ? SparseCategoricalCrossentropy.of().fromLogits(true)
            : CategoricalCrossentropy.of();
    CompileSettings settings = CompileSettings.of(optimizer, loss, Accuracy.of());
    Map<String, Array> slots = new LinkedHashMap<>();
    for (Slot slot : optimizer.slots(model.trainableWeights())) {
      slots.put(slot.path(optimizer), numbers(random, slot.shape().asArray()));
    }
    Optional<Float> rate = Optional.of((float) optimizer.learningRate().initial());
    return stored.compiled(
        settings, new OptimizerState(random.nextInt(1 << 20), rate, Weights.of(slots)));
  }

  private static Optimizer optimizer(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> SGD.of(0.25);
      case 1 -> Adam.of(0.5).amsgrad(random.nextBoolean());
      case 2 -> AdamW.of(0.125);
      case 3 -> RMSprop.of(0.5).centered(true);
      default -> Nadam.of(0.25);
    };
  }

  private static Array numbers(Random random, long... shape) {
    float[] values = new float[(int) org.tensorflow.ndarray.Shape.of(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
      values[i] = Float.isNaN(values[i]) ? 0 : values[i];
    }
    return Array.of(values, shape);
  }
}
