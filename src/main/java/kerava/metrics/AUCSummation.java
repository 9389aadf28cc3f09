package kerava.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import kerava.config.Codec;

/**
 * How {@link AUC} adds up an area.
 *
 * @see <a href="https://keras.io/api/metrics/classification_metrics/#auc-class">Keras: AUC</a>
 */
public enum AUCSummation {
  /** By trapezoids; the area under precision over recall after Davis and Goadrich 2006. */
  INTERPOLATION,
  /** By the larger of two neighbours: an upper bound. */
  MAJORING,
  /** By the smaller of two neighbours: a lower bound. */
  MINORING;

  /** How a method stands in a config: in small letters, or read with a capital. */
  static Codec<AUCSummation> codec() {
    String expected =
        "one of "
            + Arrays.stream(values()).map(AUCSummation::key).collect(Collectors.joining(", "));
    return Codec.of(
        expected,
        method -> JsonNodeFactory.instance.textNode(method.key()),
        source -> {
          String text = source.node().asText();
          return Arrays.stream(values())
              .filter(method -> method.key().equals(text) || method.capital().equals(text))
              .findFirst()
              .orElseThrow(() -> source.refuse(expected));
        });
  }

  private String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  private String capital() {
    return name().charAt(0) + key().substring(1);
  }

  double area(CurvePoints points, AUCCurve curve) {
    if (this == INTERPOLATION && curve == AUCCurve.PR) {
      return points.interpolatedPrecisionRecall();
    }
    double area = 0;
    for (int i = 0; i + 1 < points.size(); i++) {
      double here = curve.y(points, i);
      double next = curve.y(points, i + 1);
      double height =
          switch (this) {
            case INTERPOLATION -> (here + next) / 2;
            case MAJORING -> Math.max(here, next);
            case MINORING -> Math.min(here, next);
          };
      area += (curve.x(points, i) - curve.x(points, i + 1)) * height;
    }
    return area;
  }
}
