package kerava.cli.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kerava.ClassScores;
import kerava.CompileSettings;
import kerava.LearningRate;
import kerava.Metric;
import kerava.Model;
import kerava.StoredModel;
import kerava.TrainingState;
import kerava.cli.inference.InferenceModel;
import kerava.cli.inference.LayersModel;
import kerava.cli.inference.ModelFile;
import kerava.cli.options.PixelOptions;
import kerava.cli.terminal.Console;
import kerava.config.Visible;
import kerava.data.Dataset;
import kerava.examples.RecipeParameters;
import kerava.examples.Training;
import kerava.graph.Device;
import kerava.images.Preprocessing;
import kerava.losses.BinaryCrossentropy;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.metrics.BinaryAccuracy;
import kerava.optimizers.Adam;
import kerava.train.Fit;
import kerava.train.Predictor;
import kerava.train.Trainer;
import org.tensorflow.ndarray.Shape;

/**
 * A model file that is trained on from.
 *
 * @param name its name without its ending
 * @param file what it holds
 */
public record PretrainedModel(String name, StoredModel file) implements InitialModel {
  private static final int EPOCHS = 10;
  private static final int BATCH_SIZE = 32;

  static PretrainedModel of(Path path, Console console) throws IOException {
    StoredModel stored = ModelFile.stored(path);
    InferenceModel.requireOneOfEach(LayersModel.signature(stored.model()), "train");
    ModelFile.note(stored, console);
    return new PretrainedModel(ModelFile.runName(path), stored);
  }

  /**
   * What a model is trained with whose file does not say.
   *
   * @param scores what its outputs mean
   * @throws IllegalArgumentException if it has several outputs that do not depend on each other
   */
  public static CompileSettings defaults(Model model, ClassScores scores) {
    Shape output = model.outputShape();
    boolean logits = scores == ClassScores.LOGITS;
    if (output.get(output.numDimensions() - 1) == 1) {
      // Keras' own accuracy takes 0.5 for the middle, which for a logit is 0.
      Metric accuracy = logits ? BinaryAccuracy.of(0).named("accuracy") : Accuracy.of();
      return CompileSettings.of(Adam.of(), BinaryCrossentropy.of().fromLogits(logits), accuracy);
    }
    if (scores == ClassScores.SIGMOID) {
      throw new IllegalArgumentException(
          Visible.of(
              "Model \"%s\": expected compile settings beside several outputs of a sigmoid, got none. Compile it in Keras with the loss that it is for, such as BinaryCrossentropy, and save it again."
                  .formatted(model.name())));
    }
    return CompileSettings.of(
        Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(logits), Accuracy.of());
  }

  @Override
  public Preprocessing images(PixelOptions pixels) {
    ModelFile.requireImages(file.model());
    return file.preprocessing(pixels.over(file.model().preprocessing())).model().preprocessing();
  }

  @Override
  public boolean saysPixels() {
    return file.model().saysPreprocessing();
  }

  @Override
  public List<String> classNames() {
    return file.card().classNames();
  }

  @Override
  public String nameFor(String dataset) {
    return name;
  }

  private CompileSettings settings() {
    return file.settings().orElseGet(() -> defaults(file.model(), ClassScores.of(file.model())));
  }

  /** Where the layers do not say what the outputs mean, some of them do. */
  private CompileSettings settings(Dataset images) {
    if (file.settings().isPresent() || ClassScores.of(file.model()) != ClassScores.UNKNOWN) {
      return settings();
    }
    try (Predictor predictor = Predictor.of(file.model(), file.weights(), Device.cpu())) {
      return defaults(
          file.model(), ClassScores.of(predictor.predict(images.sample(BATCH_SIZE, 1))));
    }
  }

  @Override
  public RecipeParameters parameters(TrainingOverrides overrides) {
    // A rate of 0 is none to train with, but a file may well say so.
    double rate = settings().optimizer().learningRate().initial();
    return overrides.over(
        new RecipeParameters(EPOCHS, BATCH_SIZE, Math.max(rate, Double.MIN_VALUE)));
  }

  @Override
  public Training training(Dataset images, TrainingOverrides overrides) {
    RecipeParameters parameters = parameters(overrides);
    CompileSettings own = settings(images);
    CompileSettings settings =
        overrides
            .learningRate()
            .map(rate -> own.withOptimizer(own.optimizer().withLearningRate(LearningRate.of(rate))))
            .orElse(own);
    Fit fit = Fit.epochs(parameters.epochs()).batchSize(parameters.batchSize());
    return Training.of(file.model(), settings, fit)
        .beginning(
            trainer -> {
              restore(trainer);
              overrides.learningRate().ifPresent(trainer::learningRate);
            });
  }

  private void restore(Trainer trainer) {
    file.optimizer()
        .ifPresentOrElse(
            state -> trainer.restore(new TrainingState(file.weights(), state)),
            () -> trainer.restore(file.weights()));
  }
}
