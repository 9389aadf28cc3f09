package kerava.cli.training;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import kerava.ClassScores;
import kerava.CompileSettings;
import kerava.Labels;
import kerava.Loss;
import kerava.Model;
import kerava.config.Key;
import kerava.config.Listed;
import kerava.config.Visible;
import kerava.data.Dataset;
import kerava.metrics.Accuracy;
import org.tensorflow.ndarray.Shape;

/** Refuses, before anything is computed, what would not fit in the end. */
public final class PreflightCheck {
  private PreflightCheck() {}

  /**
   * Compares a model with the classes of images.
   *
   * @throws IllegalArgumentException if it does not tell these classes apart
   */
  public static void check(Model model, CompileSettings settings, Dataset images) {
    requireSeveral(images.classNames());
    long outputs = outputs(model);
    boolean numbers = settings.loss().labels() == Labels.Kind.CLASSES;
    if (outputs == 1 && numbers) {
      throw new IllegalArgumentException(
          Visible.of(
              "Model \"%s\": expected an output for each class beside the loss %s, got one output. One is trained with BinaryCrossentropy."
                  .formatted(model.name(), settings.loss().schema().className())));
    }
    check("Model \"" + model.name() + "\"", outputs, images.classNames());
  }

  /**
   * Compares a number of outputs with the classes of images.
   *
   * @param who names itself in the message
   * @param outputs one a class, or one for two classes
   * @throws IllegalArgumentException if there are more or fewer classes than outputs tell apart
   */
  public static void check(String who, long outputs, List<String> classNames) {
    long told = Math.max(2, outputs);
    if (!classNames.isEmpty() && classNames.size() != told) {
      throw new IllegalArgumentException(
          "%s: expected images of %d classes, which %d %s apart, got %d: %s."
              .formatted(
                  who,
                  told,
                  outputs,
                  outputs == 1 ? "output tells" : "outputs tell",
                  classNames.size(),
                  Listed.of(classNames)));
    }
    if (new HashSet<>(classNames).size() < classNames.size()) {
      throw new IllegalArgumentException(
          "--dataset: expected classes of different names, got some twice: "
              + Listed.of(classNames)
              + ".");
    }
  }

  private static void requireSeveral(List<String> classNames) {
    if (classNames.size() == 1) {
      throw new IllegalArgumentException(
          "--dataset: expected at least 2 classes to tell apart, got one: "
              + classNames.get(0)
              + ". A folder of images holds one subfolder a class.");
    }
  }

  private static long outputs(Model model) {
    List<Shape> shapes = model.outputShapes();
    if (shapes.size() != 1 || shapes.get(0).numDimensions() != 2 || shapes.get(0).get(1) < 1) {
      throw new IllegalArgumentException(
          Visible.of(
              "Model \"%s\": expected one output of shape (batch, classes), got %s."
                  .formatted(model.name(), shapes)));
    }
    return shapes.get(0).get(1);
  }

  /**
   * Looks whether a trained model could say probabilities of two classes by its one output.
   *
   * @throws IllegalArgumentException if it has one output that is neither of a sigmoid nor trained
   *     as a logit
   */
  static void checkOneOutput(Model model, Loss loss) {
    ClassScores said = ClassScores.of(model);
    boolean logit = said == ClassScores.LOGITS && ClassScores.of(loss) == ClassScores.LOGITS;
    if (outputs(model) == 1 && said != ClassScores.SIGMOID && !logit) {
      throw new IllegalArgumentException(
          Visible.of(
              "Model \"%s\": expected one output of a sigmoid, or of no activation beside BinaryCrossentropy(from_logits=True), got another beside %s."
                  .formatted(model.name(), describe(loss))));
    }
  }

  /** What Keras' accuracy does with one logit, which people do not expect. */
  public static Optional<String> note(Model model, CompileSettings settings) {
    boolean half =
        outputs(model) == 1
            && scores(model, settings.loss()) == ClassScores.LOGITS
            && settings.metrics().stream().anyMatch(Accuracy.class::isInstance);
    return half
        ? Optional.of(
            "Note: accuracy takes a logit above 0.5 for class 1, as Keras does; class 1 is likelier"
                + " above 0.")
        : Optional.empty();
  }

  /** What the outputs of a model mean that is trained with a loss. */
  static ClassScores scores(Model model, Loss loss) {
    ClassScores said = ClassScores.of(model);
    return said == ClassScores.UNKNOWN ? ClassScores.of(loss) : said;
  }

  /** The loss in a few words. */
  public static String describe(Loss loss) {
    String logits =
        loss.schema().keys().stream()
            .filter(key -> key.name().equals("from_logits"))
            .findFirst()
            .map(key -> " of " + (isSet(loss, key) ? "logits" : "probabilities"))
            .orElse("");
    return loss.schema().className() + logits;
  }

  private static boolean isSet(Loss loss, Key<?> key) {
    return Boolean.TRUE.equals(loss.config().get(key));
  }
}
