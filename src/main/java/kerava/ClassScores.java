package kerava;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import kerava.config.Configured;
import kerava.config.Key;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/**
 * What the outputs of a model that tells classes apart mean: one number a class, or one number for
 * two classes, which is about class 1.
 */
public enum ClassScores {
  /** The probabilities of classes of which one is right: they sum to 1, as a softmax gives them. */
  PROBABILITIES,
  /** Probabilities that do not depend on each other, as a sigmoid gives them. */
  SIGMOID,
  /** What a softmax, or a sigmoid where there is one output, would make probabilities of. */
  LOGITS,
  /** Neither the layers nor the numbers say. */
  UNKNOWN;

  /** Layers that leave the meaning of numbers as it is. */
  private static final Set<String> KEEPING =
      Set.of(
          "Dropout",
          "Flatten",
          "GlobalAveragePooling1D",
          "GlobalAveragePooling2D",
          "GlobalAveragePooling3D",
          "Identity",
          "Permute",
          "Reshape");

  private static final double SLACK = 1e-3;

  /** What the last layers of a model with one output say. */
  public static ClassScores of(Model model) {
    return model.outputs().size() == 1 ? of(model, model.outputs().get(0).layer()) : UNKNOWN;
  }

  private static ClassScores of(Model model, String name) {
    NamedLayer named = model.layer(name);
    if (named.layer() instanceof ModelLayer nested) {
      return of(nested.model());
    }
    if (named.isInput() || named.calls().size() != 1) {
      return UNKNOWN;
    }
    String kind = named.layer().schema().className();
    Optional<String> activation = activation(named.layer());
    if (KEEPING.contains(kind)
        || (kind.equals("Activation") && activation.equals(Optional.of("linear")))) {
      return of(model, named.calls().get(0).inputs().get(0).layer());
    }
    if (kind.equals("Average")) {
      return average(model, named);
    }
    return kind.equals("Softmax") ? PROBABILITIES : activation.map(ClassScores::of).orElse(UNKNOWN);
  }

  /** The mean of several models' answers is one of theirs. */
  private static ClassScores average(Model model, NamedLayer named) {
    Set<ClassScores> all =
        named.calls().get(0).inputs().stream()
            .map(origin -> of(model, origin.layer()))
            .collect(java.util.stream.Collectors.toSet());
    return all.size() == 1 ? all.iterator().next() : UNKNOWN;
  }

  private static Optional<String> activation(Configured layer) {
    return layer.schema().keys().stream()
        .filter(key -> key.name().equals("activation"))
        .findFirst()
        .map(key -> value(layer, key).toLowerCase(Locale.ROOT));
  }

  private static String value(Configured object, Key<?> key) {
    return String.valueOf(object.config().get(key));
  }

  private static ClassScores of(String activation) {
    return switch (activation) {
      case "softmax" -> PROBABILITIES;
      case "sigmoid", "hard_sigmoid" -> SIGMOID;
      case "linear", "log_softmax" -> LOGITS;
      default -> UNKNOWN;
    };
  }

  /** What a loss takes outputs for; unknown where it does not ask. */
  public static ClassScores of(Loss loss) {
    return loss.schema().keys().stream()
        .filter(key -> key.name().equals("from_logits"))
        .findFirst()
        .map(key -> value(loss, key).equals("true"))
        .map(
            logits ->
                logits ? LOGITS : loss.labels() == Labels.Kind.CLASSES ? PROBABILITIES : SIGMOID)
        .orElse(UNKNOWN);
  }

  /**
   * What numbers look like: rows that are nowhere negative and sum to 1 within 1e-3 are taken for
   * probabilities, single numbers from 0 to 1 for those of class 1, all else for logits.
   *
   * @param outputs shape (samples, outputs)
   */
  public static ClassScores of(Array outputs) {
    int width = width(outputs);
    float[] values = outputs.floats();
    for (int from = 0; from < values.length; from += width) {
      double sum = 0;
      for (int i = from; i < from + width; i++) {
        if (!(values[i] >= 0)) {
          return LOGITS;
        }
        sum += values[i];
      }
      if (width == 1 ? sum > 1 : Math.abs(sum - 1) > SLACK) {
        return LOGITS;
      }
    }
    return width == 1 ? SIGMOID : PROBABILITIES;
  }

  private static int width(Array outputs) {
    Shape shape = outputs.shape();
    if (shape.numDimensions() != 2 || shape.get(1) < 1 || outputs.type() != Array.Type.FLOAT32) {
      throw new IllegalArgumentException(
          "Outputs: expected FLOAT32 of shape (samples, classes), got " + outputs + ".");
    }
    return Math.toIntExact(shape.get(1));
  }

  /**
   * The probability of each class.
   *
   * @param outputs shape (samples, outputs)
   * @return shape (samples, classes): two classes where there is one output
   */
  public Array probabilities(Array outputs) {
    int width = width(outputs);
    float[] values = outputs.floats();
    long count = outputs.shape().get(0);
    if (width == 1) {
      float[] both = new float[2 * values.length];
      for (int i = 0; i < values.length; i++) {
        both[2 * i + 1] = this == LOGITS ? sigmoid(values[i]) : values[i];
        both[2 * i] = this == LOGITS ? sigmoid(-values[i]) : 1 - values[i];
      }
      return Array.of(both, count, 2);
    }
    return this == LOGITS ? softmax(values, width) : outputs;
  }

  /**
   * What one row of outputs says: the probability of each class, or the numbers as they are where
   * they may be about something else.
   *
   * @param row one number a class, or one for two classes
   * @param names of the classes; see {@link Prediction#of}
   * @param tellsClasses whether it is known that outputs are about classes, which a linear last
   *     layer leaves open
   */
  public Prediction prediction(float[] row, List<String> names, boolean tellsClasses) {
    Array outputs = Array.of(row, 1, row.length);
    ClassScores known = this == UNKNOWN ? of(outputs) : this;
    if (known != LOGITS || tellsClasses) {
      return Prediction.of(known.probabilities(outputs).floats(), names);
    }
    // One number that is no probability says nothing of a second class.
    return row.length == 1
        ? new Prediction(List.of(new ClassScore("output", row[0])))
        : Prediction.of(row, names);
  }

  private static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }

  private static Array softmax(float[] logits, int width) {
    float[] shares = new float[logits.length];
    for (int from = 0; from < logits.length; from += width) {
      double most = Double.NEGATIVE_INFINITY;
      for (int i = from; i < from + width; i++) {
        most = Math.max(most, logits[i]);
      }
      double sum = 0;
      for (int i = from; i < from + width; i++) {
        sum += Math.exp(logits[i] - most);
      }
      for (int i = from; i < from + width; i++) {
        shares[i] = (float) (Math.exp(logits[i] - most) / sum);
      }
    }
    return Array.of(shares, logits.length / width, width);
  }
}
