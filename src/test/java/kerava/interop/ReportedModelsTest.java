package kerava.interop;

import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kerava.StoredModel;
import kerava.TestDevice;
import kerava.data.Npy;
import kerava.graph.Array;
import kerava.saving.KerasArchive;
import kerava.saving.LoadedModel;
import kerava.saving.SavedModels;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models of Keras 3.15 that could not be read or run once, each with what Keras predicts: the same
 * from the file, from the file written again, and from a SavedModel of it.
 */
final class ReportedModelsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add_conv_twice",
        "add_input_twice",
        "add_input_twice_2",
        "layer_centercrop",
        "layer_conv1d",
        "layer_conv3d",
        "layer_dense_prelu_activation",
        "layer_depthwise_rect_strides",
        "layer_gap1d",
        "layer_embedding",
        "layer_lstm",
        "layer_resizing_crop",
        "nested_multi_output",
        "op_clip",
        "op_concatenate",
        "op_gelu",
        "op_leaky_relu",
        "op_negative",
        "op_reshape",
        "op_silu",
        "op_softmax",
        "op_square",
        "op_subtract_array",
        "op_sum",
        "op_transpose"
      })
  void predictWhatKerasDoes(String name) throws IOException {
    Path from = reported(name);
    StoredModel stored = KerasArchive.read(from.resolve("m.keras"));
    Array x = Npy.read(from.resolve("x.npy"));
    Array wanted = Npy.read(from.resolve("y.npy"));
    assertNear(wanted, predicted(stored, List.of(x)).get(0), 1e-5);

    KerasArchive.write(stored, folder.resolve("again.keras"));
    StoredModel again = KerasArchive.read(folder.resolve("again.keras"));
    assertNear(wanted, predicted(again, List.of(x)).get(0), 1e-5);

    Path exported = SavedModels.export(stored, folder.resolve("saved"));
    try (LoadedModel loaded = LoadedModel.open(exported)) {
      assertNear(wanted, loaded.call(x), 1e-5);
    }
  }

  @Test
  void aModelAsksForAnInputThatNothingFollowsFrom() throws IOException {
    Path from = reported("unused_input");
    StoredModel stored = KerasArchive.read(from.resolve("m.keras"));
    assertEquals(2, stored.model().inputs().size());
    List<Array> inputs =
        List.of(Npy.read(from.resolve("x0.npy")), Npy.read(from.resolve("x1.npy")));
    Array wanted = Npy.read(from.resolve("y.npy"));
    assertNear(wanted, predicted(stored, inputs).get(0), 1e-5);

    KerasArchive.write(stored, folder.resolve("again.keras"));
    StoredModel again = KerasArchive.read(folder.resolve("again.keras"));
    assertEquals(stored.model(), again.model());

    Path exported = SavedModels.export(stored, folder.resolve("saved"));
    try (LoadedModel loaded = LoadedModel.open(exported)) {
      Map<String, Array> named = new LinkedHashMap<>();
      List<String> names = new ArrayList<>(stored.model().inputNames());
      names.forEach(each -> named.put(each, inputs.get(names.indexOf(each))));
      Map<String, Array> outputs = loaded.call(LoadedModel.DEFAULT_SIGNATURE, named);
      assertNear(wanted, outputs.values().iterator().next(), 1e-5);
    }
  }

  private static List<Array> predicted(StoredModel stored, List<Array> inputs) {
    try (Predictor predictor = Predictor.of(stored, TestDevice.get())) {
      return predictor.predict(inputs);
    }
  }

  private static Path reported(String name) {
    URL url = ReportedModelsTest.class.getResource("/reported/" + name);
    try {
      return Path.of(Objects.requireNonNull(url, name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
