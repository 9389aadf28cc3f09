package kerava.cli.options;

import java.util.Collection;
import java.util.Optional;
import kerava.config.Nearest;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * The question at the end of a refusal: did you mean the {@linkplain Nearest nearest} value? It is
 * there only where the value is near enough to be a slip of the fingers.
 */
public final class DidYouMean {
  private static final int FAR = 3;

  private DidYouMean() {}

  /** "Did you mean shapes?", with a space in front, or nothing. */
  public static String hint(String given, Collection<String> known) {
    return nearest(given, known).map(name -> " Did you mean " + name + "?").orElse("");
  }

  private static Optional<String> nearest(String given, Collection<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return Nearest.of(given, known).stream()
        .findFirst()
        .filter(name -> distance.apply(given, name) <= FAR);
  }
}
