package kerava.saving;

import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kerava.StoredModel;
import kerava.data.Npy;
import kerava.graph.Array;
import kerava.interop.EnabledIfPython;
import kerava.interop.KerasFixtures;
import kerava.interop.Predictions;
import kerava.interop.PythonReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models whose outputs have names: each output stays under its own, with the weights that are its.
 */
final class KeyedOutputsTest {
  private static final String SWAPPED = "reported/h5_dict_outputs_weights_swapped/";
  private static final String TWO = "reported/two_outputs_dict/";

  @TempDir Path folder;

  private static Array numbers(String name) throws IOException {
    return Npy.read(KerasFixtures.file(name));
  }

  private static StoredModel swapped() throws IOException {
    return KerasH5.read(KerasFixtures.file(SWAPPED + "m.h5"));
  }

  private static StoredModel two() throws IOException {
    return KerasArchive.read(KerasFixtures.file(TWO + "m.keras"));
  }

  private static Map<String, Array> expected(boolean heads) throws IOException {
    return heads
        ? Map.of("aa", numbers(SWAPPED + "y_aa.npy"), "zz", numbers(SWAPPED + "y_zz.npy"))
        : Map.of("box", numbers(TWO + "y1.npy"), "label", numbers(TWO + "y0.npy"));
  }

  private static void assertPredicts(StoredModel stored, Array x, Map<String, Array> expected) {
    List<Array> given = Predictions.of(stored.model(), stored.weights(), List.of(x));
    assertEquals(List.copyOf(new TreeMap<>(expected).keySet()), stored.model().outputNames());
    for (int i = 0; i < given.size(); i++) {
      assertNear(expected.get(stored.model().outputNames().get(i)), given.get(i), 1e-5);
    }
  }

  @Test
  void headsOfAnH5FileKeepTheirWeights() throws IOException {
    assertPredicts(swapped(), numbers(SWAPPED + "x.npy"), expected(true));
  }

  @Test
  void comeBackFromAnArchive() throws IOException {
    StoredModel stored = two();
    assertPredicts(stored, numbers(TWO + "x.npy"), expected(false));
    Path file = folder.resolve("again.keras");
    KerasArchive.write(stored, file);
    StoredModel again = KerasArchive.read(file);
    assertEquals(stored.model(), again.model());
    assertPredicts(again, numbers(TWO + "x.npy"), expected(false));
  }

  @Test
  void areWhatASavedModelCallsThem() throws IOException {
    StoredModel stored = two();
    Path export = SavedModels.export(stored.model(), stored.weights(), folder.resolve("m"));
    try (LoadedModel loaded = LoadedModel.open(export)) {
      ModelSignature signature = loaded.signature("serving_default");
      String input = signature.inputs().keySet().iterator().next();
      assertEquals(stored.model().inputNames(), List.of(input));
      Map<String, Array> given =
          loaded.call("serving_default", Map.of(input, numbers(TWO + "x.npy")));
      assertEquals(expected(false).keySet(), given.keySet());
      for (Map.Entry<String, Array> output : expected(false).entrySet()) {
        assertNear(output.getValue(), given.get(output.getKey()), 1e-5);
      }
    }
    assertEquals(stored.model(), SavedModels.read(export).model());
  }

  @Test
  @EnabledIfPython
  void areADictAgainInPython() throws Exception {
    Map<PythonReference, Boolean> cases = new LinkedHashMap<>();
    for (boolean heads : List.of(true, false)) {
      StoredModel stored = heads ? swapped() : two();
      Path file = folder.resolve(heads + ".keras");
      KerasArchive.write(stored, file);
      Path export =
          SavedModels.export(stored.model(), stored.weights(), folder.resolve("e" + heads));
      Array x = numbers((heads ? SWAPPED : TWO) + "x.npy");
      cases.put(new PythonReference(file, folder.resolve(heads + "_a")).give("x", x), heads);
      cases.put(new PythonReference(export, folder.resolve(heads + "_e")).give("x", x), heads);
    }
    PythonReference.run("keyed_outputs.py", cases.keySet().toArray(PythonReference[]::new));
    for (Map.Entry<PythonReference, Boolean> one : cases.entrySet()) {
      for (Map.Entry<String, Array> output : expected(one.getValue()).entrySet()) {
        assertNear(output.getValue(), one.getKey().numbers(output.getKey()), 1e-5);
      }
    }
  }
}
