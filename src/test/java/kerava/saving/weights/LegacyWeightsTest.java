package kerava.saving.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.Sequential;
import kerava.files.ModelFormatException;
import kerava.graph.Weights;
import kerava.layers.BatchNormalization;
import kerava.layers.Dense;
import kerava.layers.Normalization;
import kerava.saving.WeightsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which weights of the old format belong to which layer: each number says where it stood. */
final class LegacyWeightsTest {
  @TempDir Path folder;

  /** The layers of a file in its order, each with the shapes of its weights by their names. */
  private final Map<String, Map<String, int[]>> layers = new LinkedHashMap<>();

  private LegacyWeightsTest dense(String name, int in, int out) {
    Map<String, int[]> weights = new LinkedHashMap<>();
    weights.put(name + "/kernel:0", new int[] {in, out});
    weights.put(name + "/bias:0", new int[] {out});
    layers.put(name, weights);
    return this;
  }

  /** The number that a weight is full of: 10 for each layer before it, 1 for each weight. */
  private float number(String layer, String weight) {
    int before = List.copyOf(layers.keySet()).indexOf(layer);
    return 10 * before + List.copyOf(layers.getOrDefault(layer, Map.of()).keySet()).indexOf(weight);
  }

  private Path write() {
    Path path = folder.resolve("w.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      file.putAttribute("keras_version", "2.2.4");
      file.putAttribute("layer_names", layers.keySet().toArray(String[]::new));
      layers.forEach((name, weights) -> write(file, name, weights));
    }
    return path;
  }

  private void write(WritableHdfFile file, String layer, Map<String, int[]> weights) {
    WritableGroup group = file.putGroup(layer);
    group.putAttribute("weight_names", weights.keySet().toArray(String[]::new));
    Map<String, WritableGroup> inner = new LinkedHashMap<>();
    weights.forEach(
        (name, shape) -> {
          int slash = name.indexOf('/');
          WritableGroup parent = inner.computeIfAbsent(name.substring(0, slash), group::putGroup);
          parent.putDataset(name.substring(slash + 1), full(shape, number(layer, name)));
        });
  }

  private static Object full(int[] shape, float number) {
    if (shape.length == 1) {
      float[] row = new float[shape[0]];
      java.util.Arrays.fill(row, number);
      return row;
    }
    float[][] rows = new float[shape[0]][shape[1]];
    for (float[] row : rows) {
      java.util.Arrays.fill(row, number);
    }
    return rows;
  }

  private static float first(Weights weights, String name) {
    return weights.get(name).floats()[0];
  }

  private static Model chain(String... names) {
    List<kerava.Layer> dense = new ArrayList<>();
    for (String name : names) {
      dense.add(Dense.of(4).named(name));
    }
    return Sequential.of(Input.of(4), dense);
  }

  private String refused(Model model) {
    return String.valueOf(
        assertThrows(ModelFormatException.class, () -> WeightsFile.read(model, write()))
            .getMessage());
  }

  @Test
  void layersOfTheSameNamesInTheSameOrder() throws IOException {
    dense("dense_10", 4, 4).dense("dense_2", 4, 4);
    Weights weights = WeightsFile.read(chain("dense_10", "dense_2"), write());
    assertEquals(0, first(weights, "dense_10/kernel"));
    assertEquals(11, first(weights, "dense_2/bias"));
  }

  @Test
  void layersOfOtherNamesGoByTheirOrderAsInKeras() throws IOException {
    dense("dense_1", 4, 4).dense("dense_2", 4, 4);
    Weights weights = WeightsFile.read(chain("dense", "dense_1"), write());
    assertEquals(0, first(weights, "dense/kernel"));
    assertEquals(10, first(weights, "dense_1/kernel"));
  }

  @Test
  void theSameNamesInAnotherOrderAreRefusedWhereEitherMayBeMeant() {
    dense("aa", 4, 4).dense("zz", 4, 4);
    String message = refused(chain("zz", "aa"));
    assertTrue(
        message.endsWith(
            "w.h5: layer_names: expected the order of the model's layers, [zz, aa], got the same"
                + " names in another, and both fit. Can the model have its layers in the file's"
                + " order?"),
        message);
  }

  @Test
  void theSameNamesInAnotherOrderAreMatchedWhereOnlyThatFits() throws IOException {
    dense("aa", 4, 3).dense("zz", 4, 2);
    Node x = Input.of(4);
    Node aa = x.then(Dense.of(3).named("aa"));
    Node zz = x.then(Dense.of(2).named("zz"));
    Weights weights = WeightsFile.read(Model.of(List.of(x), List.of(zz, aa)), write());
    assertEquals(0, first(weights, "aa/kernel"));
    assertEquals(10, first(weights, "zz/kernel"));
  }

  @Test
  void theSameNamesInAnotherOrderGoByTheirOrderWhereOnlyThatFits() throws IOException {
    dense("dense", 4, 3).dense("dense_1", 4, 2);
    Node x = Input.of(4);
    Node first = x.then(Dense.of(3).named("dense_1"));
    Node second = x.then(Dense.of(2).named("dense"));
    Weights weights = WeightsFile.read(Model.of(List.of(x), List.of(first, second)), write());
    assertEquals(0, first(weights, "dense_1/kernel"));
    assertEquals(10, first(weights, "dense/kernel"));
  }

  @Test
  void moreOrFewerLayersAreRefused() {
    dense("aa", 4, 4);
    String message = refused(chain("aa", "zz"));
    assertTrue(message.contains("layer_names: expected 2 layers with weights, got 1"), message);
  }

  @Test
  void aModelWithinOneIsOneLayerWhoseWeightsHaveNames() throws IOException {
    Map<String, int[]> weights = new LinkedHashMap<>();
    // Not in Keras' order, which a frozen layer changes: names decide.
    for (String name : List.of("b/moving_mean:0", "b/moving_variance:0", "b/beta:0", "b/gamma:0")) {
      weights.put(name, new int[] {4});
    }
    weights.put("d/bias:0", new int[] {4});
    weights.put("d/kernel:0", new int[] {4, 4});
    layers.put("inner", weights);
    Node i = Input.of(4);
    Node norm = i.then(Dense.of(4).named("d")).then(BatchNormalization.of().named("b"));
    Node x = Input.of(4);
    Model model = Model.of(x, Model.of(i, norm).named("inner").apply(x));
    Weights read = WeightsFile.read(model, write());
    assertEquals(0, first(read, "inner/b/moving_mean"));
    assertEquals(3, first(read, "inner/b/gamma"));
    assertEquals(5, first(read, "inner/d/kernel"));
  }

  @Test
  void otherNumbersOfANormalizationAreNotLost() {
    Map<String, int[]> weights = new LinkedHashMap<>();
    weights.put("norm/mean:0", new int[] {4});
    weights.put("norm/variance:0", new int[] {4});
    layers.put("norm", weights);
    dense("d", 4, 2);
    List<Double> zeros = List.of(0.0, 0.0, 0.0, 0.0);
    Node x = Input.of(4);
    Node same = x.then(Normalization.of(zeros, List.of(1.0, 1.0, 1.0, 1.0)).named("norm"));
    Model model = Model.of(x, same.then(Dense.of(2).named("d")));
    assertEquals(List.of("d/kernel", "d/bias"), List.copyOf(read(model).names()));
    Node other = x.then(Normalization.of(zeros, List.of(1.0, 1.0, 1.0, 2.0)).named("norm"));
    String message = refused(Model.of(x, other.then(Dense.of(2).named("d"))));
    assertTrue(
        message.startsWith(
            "norm variance: expected the numbers of the model's Normalization, [1.0,1.0,1.0,2.0],"
                + " got [1.0, 1.0, 1.0, 1.0]. Can"),
        message);
  }

  private Weights read(Model model) {
    try {
      return WeightsFile.read(model, write());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
