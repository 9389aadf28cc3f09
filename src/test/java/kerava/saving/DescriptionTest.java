package kerava.saving;

import static kerava.interop.KerasFixtures.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.ClassScores;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.images.Scaling;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** What models say of themselves, by each of the doors that they come through. */
final class DescriptionTest {
  private static final Model MODEL =
      Sequential.of(Input.named("in", 2, 1), Flatten.of(), Dense.of(1).named("d"));
  private static final Weights WEIGHTS =
      Weights.of(
          Map.of(
              "d/kernel", Array.of(new float[] {2, 3}, 2, 1),
              "d/bias", Array.of(new float[] {1}, 1)));

  @TempDir Path folder;

  private Path export() throws IOException {
    StoredModel stored = StoredModel.of(MODEL, WEIGHTS);
    return SavedModels.export(
        stored.preprocessing(stored.model().preprocessing().scaling(Scaling.NONE)),
        folder.resolve("m"));
  }

  @Test
  void anExportedModelIsDescribedByItsFolder() throws IOException {
    Path version = export();
    SavedModelDescription said = SavedModelDescription.read(folder.resolve("m"));
    assertEquals(version, said.folder());
    assertEquals(Optional.empty(), said.untrusted());
    assertTrue(said.saysPreprocessing());
    assertEquals(List.of(), said.classNames());
    assertEquals(
        said.signatures().toString(),
        said.signatures().stream().map(s -> said.signature(s.name())).toList().toString());
    ModelSignature signature = said.defaultSignature();
    assertEquals("serving_default", signature.name());
    assertEquals(Scaling.NONE, said.preprocessing(signature).scaling());
    assertEquals(ClassScores.LOGITS, said.scores());
    assertEquals(Optional.of(List.of("in")), said.inputOrder("serving_default"));
    ModelSignature.Value in = signature.inputs().get("in");
    assertEquals("float32", in.type());
    assertEquals("[-1, 2, 1]", in.shape().toString());
    assertEquals("float32 " + in.shape(), in.toString());
    assertTrue(in.tensor().endsWith(":0"), in.tensor());
    assertEquals("serving_default{in=" + in + "} -> " + signature.outputs(), signature.toString());
    assertEquals(signature.toString(), signature.inOrder(List.of("in")).toString());
    assertThrows(IllegalArgumentException.class, () -> signature.inOrder(List.of("out")));
    assertThrows(IllegalArgumentException.class, () -> said.signature("none"));
  }

  @Test
  void anOpenModelSaysTheSameAndAnswers() throws IOException {
    Path version = export();
    SavedModelDescription said = SavedModelDescription.read(version);
    try (LoadedModel model = LoadedModel.open(version)) {
      assertEquals(version, model.folder());
      assertEquals(version, model.description().folder());
      assertEquals(said.signatures().toString(), model.signatures().toString());
      assertEquals(said.defaultSignature().toString(), model.defaultSignature().toString());
      assertEquals(said.scores(), model.scores());
      assertTrue(model.saysPreprocessing());
      ModelSignature signature = model.signature("serving_default");
      assertEquals(said.preprocessing(signature), model.preprocessing(signature));
      assertEquals(
          Array.of(new float[] {24}, 1, 1), model.call(Array.of(new float[] {4, 5}, 1, 2, 1)));
      assertEquals(
          "Signature \"serving_default\" input \"in\": expected float32 [-1, 2, 1], got float32 [1, 3,"
              + " 1].",
          assertThrows(
                  IllegalArgumentException.class, () -> model.call(Array.of(new float[3], 1, 3, 1)))
              .getMessage());
      assertEquals(
          "Signature \"serving_default\": expected the inputs in, got other.",
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      model.call(
                          "serving_default", Map.of("other", Array.of(new float[2], 1, 2, 1))))
              .getMessage());
    }
  }

  @Test
  void anOrderOfInputsIsKept() throws IOException {
    SavedModelDescription said = SavedModelDescription.read(file("two_inputs/export"));
    ModelSignature signature = said.defaultSignature().inOrder(List.of("num", "cat"));
    assertEquals(List.of("num", "cat"), List.copyOf(signature.inputs().keySet()));
    assertEquals(said.defaultSignature().outputs().toString(), signature.outputs().toString());
    assertFalse(said.saysPreprocessing());
    try (LoadedModel model = LoadedModel.open(file("two_inputs/export"))) {
      assertFalse(model.saysPreprocessing());
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> model.call(Array.of(new float[1], 1)))
              .getMessage()
              .startsWith(
                  "Signature \"serving_default\": expected one input and one output, got "));
    }
  }

  @Test
  void optionsThatDoNotFitAreRefusedBeforeATraining() {
    SavedModels.check(MODEL, ExportOptions.defaults());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            SavedModels.check(MODEL, ExportOptions.defaults().classNames(List.of("a", "b", "c"))));
    assertThrows(
        IllegalArgumentException.class,
        () -> SavedModels.export(MODEL, WEIGHTS, folder.resolve("m.onnx")));
    assertFalse(folder.resolve("m.onnx").toFile().exists());
  }

  @Test
  void aListingCountsItsArraysAndNumbers() throws IOException {
    Path weights = folder.resolve("w.weights.h5");
    WeightsFile.write(MODEL, WEIGHTS, weights);
    assertEquals(
        "w.keras: expected a name that ends in .weights.h5, got one that ends in .keras, as a .keras"
            + " archive does. Choose another name.",
        assertThrows(
                IllegalArgumentException.class,
                () -> WeightsFile.write(MODEL, WEIGHTS, Path.of("w.keras")))
            .getMessage());
    WeightsListing listing = WeightsFile.list(weights).orElseThrow();
    assertEquals("the format of Keras 3 (.weights.h5)", listing.format());
    assertEquals(2, listing.count(WeightsListing.Role.WEIGHT));
    assertEquals(3, listing.numbers(WeightsListing.Role.WEIGHT));
    assertEquals(0, listing.count(WeightsListing.Role.STATE));
    assertEquals(0, listing.numbers(WeightsListing.Role.STATE));
    WeightsListing.Entry kernel = listing.entries().get(0);
    assertEquals("layers/dense/vars/0", kernel.path());
    assertEquals("float32", kernel.type());
    assertEquals(Shape.of(2, 1), kernel.shape());
    assertEquals(2, kernel.size());
    assertEquals(Optional.empty(), WeightsFile.list(file("keras2_legacy_sgd.h5")));
    WeightsListing trained = WeightsFile.list(archived()).orElseThrow();
    assertTrue(trained.count(WeightsListing.Role.STATE) > 1);
    assertTrue(trained.numbers(WeightsListing.Role.STATE) > 1);
  }

  /** The weights of a model that was trained. */
  private Path archived() throws IOException {
    ChangedArchive archive = ChangedArchive.of(folder, "own_3.8.0.keras");
    return java.nio.file.Files.write(
        folder.resolve("t.weights.h5"), archive.members.get("model.weights.h5"));
  }

  @Test
  void aModelKnowsItsKind() throws IOException {
    assertEquals(ModelKind.ARCHIVE, ModelKind.of(file("own_3.8.0.keras")));
    assertEquals(ModelKind.H5, ModelKind.of(file("keras2_legacy_sgd.h5")));
    assertEquals(ModelKind.SAVED_MODEL, ModelKind.of(export()));
    assertEquals(ModelKind.SAVED_MODEL, ModelKind.of(folder.resolve("m")));
    Path other = java.nio.file.Files.writeString(folder.resolve("x.zip"), "PK");
    assertThrows(IOException.class, () -> ModelKind.of(other));
    assertEquals(
        folder.resolve("none") + ": expected a file, got none",
        assertThrows(IOException.class, () -> ModelKind.of(folder.resolve("none"))).getMessage());
  }

  @Test
  void namesEndLikeTheirFormat() {
    Map<String, String> refused =
        Map.of(
            "m.onnx", "ONNX does. Write a SavedModel's folder; tf2onnx makes ONNX of that.",
            "M.H5", "a whole model in HDF5 does. Write .keras, and have Keras save that as .h5.",
            "m.weights.h5", "weights alone does. Choose another name.",
            "m.tar.gz", "a packed archive does. Write a folder, and pack that.");
    refused.forEach(
        (name, end) -> {
          String message =
              assertThrows(
                      IllegalArgumentException.class,
                      () -> FileExtension.requireFolder(Path.of(name)))
                  .getMessage();
          assertTrue(
              message.startsWith(name + ": expected the name of a folder, got one that ends in ."));
          assertTrue(message.endsWith(", as " + end), message);
        });
    FileExtension.requireFolder(Path.of("onnx"));
    FileExtension.requireFolder(Path.of("m.v2"));
    FileExtension.require(Path.of("m.keras"), "an archive", "keras");
    assertEquals(Optional.of("weights.h5"), FileExtension.of(Path.of("M.WEIGHTS.H5")));
    assertEquals(Optional.of("h5"), FileExtension.of(Path.of("weights.h5")));
    assertEquals(Optional.empty(), FileExtension.of(Path.of("keras")));
  }
}
