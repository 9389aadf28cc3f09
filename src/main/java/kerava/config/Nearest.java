package kerava.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Names that somebody may have meant who wrote another, for messages: never all of a long list.
 * {@link Listed} says the first of some names, whoever wrote what.
 */
public final class Nearest {
  private static final int FEW = 3;
  private static final int SHORT = 100;
  private static final int LONGEST = 60;

  private Nearest() {}

  /** Some names, the nearest first, whatever their case. */
  public static List<String> of(String given, Collection<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    // Comparing takes the product of both lengths, and a file may give any.
    String small = given.substring(0, Math.min(given.length(), LONGEST)).toLowerCase(Locale.ROOT);
    Comparator<String> near =
        Comparator.comparing(name -> distance.apply(small, name.toLowerCase(Locale.ROOT)));
    return new TreeSet<>(known).stream().sorted(near).limit(FEW).map(Visible::of).toList();
  }

  /**
   * What was expected, in words: "one of [a, b]", or of a long list "one of 54, such as a, b, c".
   *
   * @param given what stood there instead
   */
  public static String oneOf(String given, Collection<String> known) {
    return isShort(known)
        ? "one of " + Visible.of(known.toString())
        : "one of " + known.size() + ", such as " + String.join(", ", of(given, known));
  }

  /** The same of things that have a name: "one of the keys of Conv2D, such as a, b, c". */
  static String oneOf(String things, String given, Collection<String> known) {
    return isShort(known)
        ? "one of " + things + " " + Visible.of(known.toString())
        : "one of " + things + ", such as " + String.join(", ", of(given, known));
  }

  private static boolean isShort(Collection<String> known) {
    return known.size() <= FEW || String.join(", ", known).length() <= SHORT;
  }

  /** What sets two collections of names apart, in words: "without a, b, with c". */
  public static String difference(Collection<String> expected, Collection<String> got) {
    List<String> words = new ArrayList<>();
    first(expected, got).ifPresent(names -> words.add("without " + names));
    first(got, expected).ifPresent(names -> words.add("with " + names));
    return String.join(", ", words);
  }

  /** The first of some names that are not among others. */
  private static Optional<String> first(Collection<String> names, Collection<String> others) {
    List<String> left =
        names.stream().filter(name -> !others.contains(name)).map(Visible::of).toList();
    String few = String.join(", ", left.subList(0, Math.min(FEW, left.size())));
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(left.size() > FEW ? few + " and " + (left.size() - FEW) + " more" : few);
  }
}
