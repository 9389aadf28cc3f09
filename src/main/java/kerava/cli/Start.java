package kerava.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kerava.CompileSettings;
import kerava.LearningRate;
import kerava.Loss;
import kerava.Model;
import kerava.TrainingState;
import kerava.data.Dataset;
import kerava.examples.CifarCnn;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.optimizers.Adam;
import kerava.saving.StoredModel;
import kerava.train.Trainer;
import org.tensorflow.ndarray.Shape;

/**
 * What a training begins with: a fresh network, or a model file.
 *
 * @param name the network, or the file's name without its ending
 * @param file what the file holds, if it is a file
 */
record Start(String name, Optional<StoredModel> file) {
  private static final String CNN = "cnn";

  static Start of(String model, Console console) throws IOException {
    if (model.equals(CNN)) {
      return new Start(CNN, Optional.empty());
    }
    Path path = Path.of(model);
    if (!Files.exists(path)) {
      throw console.usage(
          "--model: expected cnn or a model file, got \""
              + model
              + "\", which is neither."
              + Choices.hint(model, List.of(CNN)));
    }
    return new Start(ModelFile.baseName(path), Optional.of(ModelFile.stored(path)));
  }

  /** The shape of images, without the batch dimension. */
  Shape image() {
    return file.map(stored -> ModelFile.sample(stored.model())).orElse(Shape.of(32, 32, 3));
  }

  /** The name of what is written: {@code cifar10_cnn}, or the file's own. */
  String nameFor(String dataset) {
    return file.isPresent() ? name : dataset + "_" + name;
  }

  /** The model, for the classes of some data. */
  Model model(Dataset data) {
    return file.map(StoredModel::model)
        .orElseGet(() -> CifarCnn.model(image(), data.classNames().size()));
  }

  /** What the model is trained with: what the file says, or Adam and cross-entropy. */
  CompileSettings settings(Model model, Optional<Double> rate) {
    CompileSettings settings = file.flatMap(StoredModel::settings).orElseGet(() -> defaults(model));
    return rate.map(
            number ->
                new CompileSettings(
                    settings.optimizer().withLearningRate(LearningRate.of(number)),
                    settings.loss(),
                    settings.metrics()))
        .orElse(settings);
  }

  static CompileSettings defaults(Model model) {
    Loss loss = SparseCategoricalCrossentropy.of().fromLogits(!ModelFile.givesProbabilities(model));
    return CompileSettings.of(Adam.of(), loss, Accuracy.of());
  }

  /** Puts what the file holds into a trainer. */
  void restore(Trainer trainer, Optional<Double> rate) {
    file.ifPresent(stored -> restore(trainer, stored));
    rate.ifPresent(trainer::learningRate);
  }

  private static void restore(Trainer trainer, StoredModel stored) {
    stored
        .optimizer()
        .ifPresentOrElse(
            state -> trainer.restore(new TrainingState(stored.weights(), state)),
            () -> trainer.restore(stored.weights()));
  }
}
