package kerava;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kerava.graph.Weights;
import kerava.images.Preprocessing;

/**
 * Everything that a file can hold of a model.
 *
 * @param model the model
 * @param weights its weights, in the order of {@link Model#weights}
 * @param settings what it is trained with, if it was compiled
 * @param optimizer what its optimizer remembers, if it was trained
 * @param card what is known about the model beside that
 */
public record StoredModel(
    Model model,
    Weights weights,
    Optional<CompileSettings> settings,
    Optional<OptimizerState> optimizer,
    ModelCard card) {
  /** Checks that weights and optimizer state are those of the model. */
  public StoredModel {
    StateCheck.require(model, weights);
    if (optimizer.isPresent() && settings.isEmpty()) {
      throw new IllegalArgumentException(
          "StoredModel: expected compile settings beside an optimizer state, got none.");
    }
    settings.ifPresent(
        given -> optimizer.ifPresent(state -> StateCheck.require(model, given.optimizer(), state)));
  }

  /**
   * A model that was not compiled.
   *
   * @throws IllegalArgumentException if the weights are not those of the model
   */
  public static StoredModel of(Model model, Weights weights) {
    return new StoredModel(model, weights, Optional.empty(), Optional.empty(), ModelCard.blank());
  }

  /**
   * A model as it is in training, with all that a later prediction or training needs: weights,
   * settings, the optimizer's state, how pixels reach it, and the names of its classes.
   */
  public static StoredModel of(TrainingView trained) {
    TrainingState state = trained.state();
    return of(trained.model(), state.weights())
        .compiled(trained.settings(), state.optimizer())
        .card(ModelCard.blank().classNames(trained.classNames()));
  }

  /**
   * The same model that expects images in another way.
   *
   * @throws IllegalArgumentException if the model cannot take such images
   */
  public StoredModel preprocessing(Preprocessing other) {
    return new StoredModel(model.withPreprocessing(other), weights, settings, optimizer, card);
  }

  /** The same model with what it is trained with, at the beginning of training. */
  public StoredModel compiled(CompileSettings compileSettings) {
    return new StoredModel(model, weights, Optional.of(compileSettings), Optional.empty(), card);
  }

  /**
   * The same model with what it is trained with, in the midst of training.
   *
   * @throws IllegalArgumentException if the state is not one of that optimizer for this model
   */
  public StoredModel compiled(CompileSettings compileSettings, OptimizerState state) {
    return new StoredModel(model, weights, Optional.of(compileSettings), Optional.of(state), card);
  }

  /** The same model with who wrote it and what it is for, and the remarks made so far. */
  public StoredModel about(ModelCard other) {
    return card(other.remarks(card.remarks()));
  }

  /** The same model with more remarks. */
  public StoredModel remarked(List<String> more) {
    return more.isEmpty()
        ? this
        : card(card.remarks(Stream.concat(card.remarks().stream(), more.stream()).toList()));
  }

  /**
   * Whether it is known that outputs are about classes, which a linear last layer leaves open: by
   * the names of the classes, or by a loss of logits.
   *
   * @param outputs how many there are
   */
  public boolean tellsClasses(int outputs) {
    return card.classNames().size() == Math.max(2, outputs)
        || settings
            .filter(CompileSettings::hasOneLoss)
            .map(given -> ClassScores.of(given.loss()) == ClassScores.LOGITS)
            .orElse(false);
  }

  /** The same model with another card. */
  public StoredModel card(ModelCard other) {
    return new StoredModel(model, weights, settings, optimizer, other);
  }
}
