package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kerava.CompileSettings;
import kerava.LearningRate;
import kerava.Model;
import kerava.Optimizer;
import kerava.StoredModel;
import kerava.config.ConfigException;
import kerava.config.Source;
import kerava.files.ModelFormatException;
import kerava.initializers.VarianceScaling;
import kerava.interop.KerasFixtures;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.LeakyReLU;
import kerava.losses.CategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.optimizers.Adam;
import kerava.optimizers.SGD;
import kerava.optimizers.schedules.InverseTimeDecay;
import kerava.saving.json.ConfigMigration;
import kerava.saving.json.ModelReader;
import kerava.saving.json.OptimizerJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Keras 2 wrote otherwise than Keras 3 does, in its configs and its files. */
final class Keras2FormsTest {
  @TempDir Path folder;

  private static Source source(String json) throws IOException {
    JsonNode node = new JsonMapper().readTree(json.replace('\'', '"'));
    var catalog = Registry.standard().catalog();
    return new Source(new ConfigMigration(catalog).plain(node, "$"), "$", catalog);
  }

  private static Model model(String layer) throws IOException {
    return ModelReader.read(
            source(
                "{'class_name': 'Sequential', 'config': [{'class_name': 'InputLayer', 'config':"
                    + " {'batch_input_shape': [null, 8, 8, 3], 'dtype': 'float32', 'sparse': false,"
                    + " 'name': 'in'}}, "
                    + layer
                    + "]}"))
        .model();
  }

  private static Optimizer optimizer(String json, List<String> remarks) throws IOException {
    return OptimizerJson.read(source(json), remarks);
  }

  @Test
  void aSequentialModelOfKeras22IsAListOfLayers() throws IOException {
    Model model =
        model(
            "{'class_name': 'Conv2D', 'config': {'name': 'c', 'trainable': true, 'filters': 4,"
                + " 'kernel_size': [3, 3], 'strides': [1, 1], 'padding': 'valid', 'data_format':"
                + " 'channels_last', 'dilation_rate': [1, 1], 'activation': 'relu', 'use_bias':"
                + " true, 'kernel_initializer': {'class_name': 'VarianceScaling', 'config':"
                + " {'scale': 1.0, 'mode': 'fan_avg', 'distribution': 'uniform', 'seed': null}},"
                + " 'bias_initializer': {'class_name': 'Zeros', 'config': {'dtype': 'float32'}},"
                + " 'kernel_regularizer': {'class_name': 'L1L2', 'config': {'l1': 0.0, 'l2':"
                + " 0.01}}, 'bias_regularizer': null, 'activity_regularizer': null,"
                + " 'kernel_constraint': null, 'bias_constraint': null}}");
    assertEquals("[-1, 6, 6, 4]", model.outputShape().toString());
    assertTrue(model.layer("c").layer() instanceof Conv2D);
    assertTrue(model.weights().get(0).initializer() instanceof VarianceScaling);
    assertTrue(model.weights().get(0).regularizer().isPresent());
  }

  @Test
  void keysOfKeras1AreRefusedByName() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> model("{'class_name': 'Conv2D', 'config': {'name': 'c', 'nb_filter': 4}}"));
    assertEquals(
        "$.config.layers[1].config: expected arguments of Keras 2 or 3, got \"nb_filter\", which is"
            + " one of Keras 1.",
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"leaky.h5", "leaky.keras"})
  void leakyReluHasItsSlopeUnderAnotherName(String name) throws IOException {
    Path file = KerasFixtures.file("reported/leaky_h5/" + name);
    Model model = (name.endsWith(".h5") ? KerasH5.read(file) : KerasArchive.read(file)).model();
    assertEquals(
        LeakyReLU.of(0.20000000298023224).named("leaky_re_lu"), model.layer("leaky_re_lu").layer());
  }

  @Test
  void theLearningRateWasCalledLr() throws IOException {
    StoredModel stored = KerasH5.read(KerasFixtures.file("reported/h5_old_lr_key/m.h5"));
    assertEquals(List.of(), stored.card().remarks());
    CompileSettings settings = stored.settings().orElseThrow();
    assertEquals(SGD.of(0.3).momentum(0.9), settings.optimizer());
    assertEquals(CategoricalCrossentropy.of(), settings.loss());
    assertEquals(List.of(Accuracy.of()), settings.metrics());
  }

  @Test
  void decayDividesTheRateByTheSteps() throws IOException {
    List<String> remarks = new ArrayList<>();
    assertEquals(
        Adam.of(0.5).withLearningRate(LearningRate.of(InverseTimeDecay.of(0.5, 1, 0.25))),
        optimizer(
            "{'class_name': 'Adam', 'config': {'lr': 0.5, 'beta_1': 0.9, 'beta_2': 0.999, 'decay':"
                + " 0.25, 'epsilon': null, 'amsgrad': false}}",
            remarks));
    assertEquals(List.of(), remarks);
    // What Keras 2 computed: the rate of the first step, and half of it after four.
    assertEquals(0.5, InverseTimeDecay.of(0.5, 1, 0.25).at(0));
    assertEquals(0.25, InverseTimeDecay.of(0.5, 1, 0.25).at(4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Nadam | 'lr': 0.1, 'schedule_decay': 0.004 | the decay of Nadam's momentum, 0.004,",
        "RMSprop | 'lr': 0.1, 'rho': 0.9, 'decay': 0.0 | RMSprop of Keras 3",
        "SGD | 'decay': 0.1, 'learning_rate': {'class_name': 'ExponentialDecay', 'config':"
            + " {'initial_learning_rate': 0.1, 'decay_steps': 2, 'decay_rate': 0.5}} | on top of a",
      })
  void saysWhatOfAnOptimizerIsOther(String name, String config, String sentence)
      throws IOException {
    List<String> remarks = new ArrayList<>();
    String json = "{'class_name': '" + name + "', 'config': {" + config + "}}";
    assertEquals(name, optimizer(json, remarks).schema().className());
    assertEquals(1, remarks.size());
    assertTrue(remarks.get(0).contains(sentence), remarks.get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense_3.h5", "dense_3.keras"})
  void hardSigmoidIsSaidToBeAnother(String name) throws IOException {
    Path file = KerasFixtures.file("keras2_models/" + name);
    StoredModel stored = name.endsWith(".h5") ? KerasH5.read(file) : KerasArchive.read(file);
    assertTrue(stored.model().layers().get(0).layer() instanceof Dense);
    assertEquals(
        List.of(
            "hard_sigmoid is computed as Keras 3 does, relu6(x + 3) / 6. Keras 2, which wrote the"
                + " file, computed 0.2 x + 0.5, so that its predictions were others."),
        stored.card().remarks());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | expected an HDF5 file, got an empty file.",
        "model | expected an HDF5 file, got a text.",
      })
  void whatIsNoHdf5IsNamed(String content, String sentence) throws IOException {
    Path file = Files.writeString(folder.resolve("m.h5"), content);
    ModelFormatException refused =
        assertThrows(ModelFormatException.class, () -> KerasH5.read(file));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("m.h5: " + sentence), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keras2_seed.weights.h5 | got weights alone. Save the model itself in Python",
        "keras2_nested_weights.h5 | got weights alone. Save the model itself in Python",
        "predictions_odd.h5 | got HDF5 without a model_config",
      })
  void whatHoldsNoModelSaysWhatItHolds(String name, String sentence) {
    Path file = KerasFixtures.file(name);
    ModelFormatException refused =
        assertThrows(ModelFormatException.class, () -> KerasH5.read(file));
    assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
    assertTrue(refused.getMessage().length() < 300, refused.getMessage());
  }
}
