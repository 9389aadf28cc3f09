package kerava.saving.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kerava.Model;
import kerava.files.RecordFile;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.saving.ExportOptions;
import kerava.saving.LoadedModel;
import kerava.saving.ModelSignature;
import kerava.saving.SavedModels;
import kerava.saving.SeedImages;
import kerava.saving.SeedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TensorFlow Serving and its operator find beside an exported model. */
final class ServingFilesTest {
  private static final Model MODEL = SeedModel.model();
  private static final Weights WEIGHTS = SeedModel.weights(MODEL, 7);

  @TempDir static Path base;
  private static Path version;

  @BeforeAll
  static void export() throws IOException {
    version =
        SavedModels.export(
            MODEL, WEIGHTS, base, ExportOptions.defaults().classNames(SeedModel.CLASSES).topK(3));
  }

  @Test
  void warmsUpEverySignature() throws IOException {
    List<String> called = new ArrayList<>();
    for (byte[] record : RecordFile.read(version.resolve(Warmup.FILE))) {
      called.add(WarmupRequest.parse(record).signature());
    }
    try (LoadedModel loaded = LoadedModel.open(base)) {
      assertEquals(loaded.signatures().stream().map(ModelSignature::name).toList(), called);
    }
    Warmup.replay(version);
  }

  @Test
  void warmsUpWithSamplesOfItsOwn(@TempDir Path folder) throws IOException {
    Path folderOfSamples =
        SavedModels.export(
            MODEL,
            WEIGHTS,
            folder,
            ExportOptions.defaults().samples(Array.of(SeedImages.bytes(), 7, 32, 32, 3)));
    List<byte[]> records = RecordFile.read(folderOfSamples.resolve(Warmup.FILE));
    assertEquals(12, records.size());
    WarmupRequest examples = WarmupRequest.parse(records.get(5));
    assertEquals("classify_examples", examples.signature());
    assertEquals(7, examples.inputs().get("inputs").getStringValCount());
    WarmupRequest all = WarmupRequest.parse(records.get(7));
    assertEquals("classify_image", all.signature());
    assertEquals(7, all.inputs().get("image").getStringValCount());
  }

  @Test
  void saysHowToServe() throws IOException {
    String page = Files.readString(base.resolve("SERVING.md"));
    String name = String.valueOf(base.getFileName());
    assertTrue(page.contains("-v \"$PWD:/models/" + name + "\""), page);
    assertTrue(page.contains("/v1/models/" + name + ":predict"), page);
    for (String signature :
        List.of(
            "serving_default",
            "serve",
            "classify",
            "classify_bytes",
            "classify_examples",
            "classify_image")) {
      assertTrue(page.contains("### " + signature + "\n"), page);
    }
    assertTrue(page.contains("/v1/models/" + name + ":classify"), page);
    assertTrue(page.contains("{\"image_bytes\": {\"b64\": "), page);
    assertFalse(page.contains(String.valueOf(base.getParent())), "names no path of this machine");
  }
}
