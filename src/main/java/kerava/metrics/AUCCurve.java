package kerava.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Locale;
import kerava.config.Codec;

/**
 * The curve whose area {@link AUC} is.
 *
 * @see <a href="https://keras.io/api/metrics/classification_metrics/#auc-class">Keras: AUC</a>
 */
public enum AUCCurve {
  /** Recall over the share of no that is taken for yes. */
  ROC,
  /** Precision over recall. */
  PR,
  /** Precision gain over recall gain. */
  PRGAIN;

  /** How a curve stands in a config: in capitals, or read in small letters. */
  static Codec<AUCCurve> codec() {
    String expected = "one of " + Arrays.toString(values());
    return Codec.of(
        expected,
        curve -> JsonNodeFactory.instance.textNode(curve.name()),
        source ->
            Arrays.stream(values())
                .filter(curve -> curve.isNamed(source.node()))
                .findFirst()
                .orElseThrow(() -> source.refuse(expected)));
  }

  private boolean isNamed(JsonNode node) {
    return name().equals(node.asText()) || name().toLowerCase(Locale.ROOT).equals(node.asText());
  }

  double x(CurvePoints points, int i) {
    return switch (this) {
      case ROC -> points.fallOut(i);
      case PR -> points.recall(i);
      case PRGAIN -> points.recallGain(i);
    };
  }

  double y(CurvePoints points, int i) {
    return switch (this) {
      case ROC -> points.recall(i);
      case PR -> points.precision(i);
      case PRGAIN -> points.precisionGain(i);
    };
  }
}
