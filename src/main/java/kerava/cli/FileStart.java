package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import kerava.CompileSettings;
import kerava.LearningRate;
import kerava.Loss;
import kerava.Model;
import kerava.TrainingState;
import kerava.data.Dataset;
import kerava.examples.Terms;
import kerava.examples.Training;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.optimizers.Adam;
import kerava.saving.StoredModel;
import kerava.train.Fit;
import kerava.train.Trainer;
import org.tensorflow.ndarray.Shape;

/**
 * A model file that is trained on from.
 *
 * @param name its name without its ending
 * @param file what it holds
 */
record FileStart(String name, StoredModel file) implements Start {
  private static final int EPOCHS = 10;
  private static final int BATCH_SIZE = 32;

  static FileStart of(Path path, Console console) throws IOException {
    StoredModel stored = ModelFile.stored(path);
    ModelFile.note(stored, console);
    return new FileStart(ModelFile.runName(path), stored);
  }

  /** What a model is trained with whose file does not say. */
  static CompileSettings defaults(Model model) {
    Loss loss = SparseCategoricalCrossentropy.of().fromLogits(!ModelFile.givesProbabilities(model));
    return CompileSettings.of(Adam.of(), loss, Accuracy.of());
  }

  @Override
  public Shape image() {
    return ModelFile.sample(file.model());
  }

  @Override
  public String nameFor(String dataset) {
    return name;
  }

  private CompileSettings settings() {
    return file.settings().orElseGet(() -> defaults(file.model()));
  }

  @Override
  public Terms terms(Wishes wishes) {
    // A rate of 0 is none to train with, but a file may well say so.
    double rate = settings().optimizer().learningRate().initial();
    return wishes.over(new Terms(EPOCHS, BATCH_SIZE, Math.max(rate, Double.MIN_VALUE)));
  }

  @Override
  public Training training(Dataset images, Wishes wishes) {
    Terms terms = terms(wishes);
    CompileSettings own = settings();
    CompileSettings settings =
        wishes
            .learningRate()
            .map(
                rate ->
                    new CompileSettings(
                        own.optimizer().withLearningRate(LearningRate.of(rate)),
                        own.loss(),
                        own.metrics()))
            .orElse(own);
    Fit fit = Fit.epochs(terms.epochs()).batchSize(terms.batchSize());
    return Training.of(file.model(), settings, fit)
        .beginning(
            trainer -> {
              restore(trainer);
              wishes.learningRate().ifPresent(trainer::learningRate);
            });
  }

  private void restore(Trainer trainer) {
    file.optimizer()
        .ifPresentOrElse(
            state -> trainer.restore(new TrainingState(file.weights(), state)),
            () -> trainer.restore(file.weights()));
  }
}
