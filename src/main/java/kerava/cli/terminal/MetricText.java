package kerava.cli.terminal;

import java.util.Locale;
import java.util.Map;
import kerava.train.Evaluation;

/** Metrics as Keras shows them. */
public final class MetricText {
  /** From here on down, four decimals would say too little. */
  private static final double TINY = 1e-3;

  private MetricText() {}

  /** All metrics, for a line that goes on with them. */
  public static String of(Map<String, Double> metrics) {
    StringBuilder text = new StringBuilder();
    metrics.forEach(
        (name, value) -> text.append(" - ").append(name).append(": ").append(number(value)));
    return text.toString();
  }

  /** What a model reaches on test data, a line each, the loss last. */
  public static void print(Console console, Evaluation evaluation) {
    evaluation
        .metrics()
        .forEach((name, value) -> console.line("Test " + name + ": " + number(value)));
    console.line("Test loss: " + number(evaluation.loss()));
  }

  /** Four decimals, or an exponent where the number is tiny. */
  public static String number(double value) {
    return Math.abs(value) > TINY || value == 0
        ? String.format(Locale.ROOT, "%.4f", value)
        : String.format(Locale.ROOT, "%.4e", value);
  }
}
