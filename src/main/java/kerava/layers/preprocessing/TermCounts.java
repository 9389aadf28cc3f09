package kerava.layers.preprocessing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often each term stands in data, and in how many documents. */
final class TermCounts {
  private final Map<Object, Count> counts = new HashMap<>();
  private long documents;

  /** What is known of one term. */
  private static final class Count {
    long times;
    long documents;
  }

  /** Adds the terms of a document. */
  void add(List<?> document) {
    Set<Object> seen = new HashSet<>();
    for (Object term : document) {
      Count count = counts.computeIfAbsent(term, any -> new Count());
      count.times++;
      if (seen.add(term)) {
        count.documents++;
      }
    }
    documents++;
  }

  /**
   * The most frequent terms, the most frequent one first; of those that are equally frequent the
   * one that is behind the others in their order, as in Keras.
   *
   * @param most how many
   * @param without terms that do not count
   */
  List<Object> terms(long most, Set<Object> without) {
    Comparator<Map.Entry<Object, Count>> order =
        Comparator.<Map.Entry<Object, Count>>comparingLong(entry -> entry.getValue().times)
            .thenComparing(Map.Entry::getKey, TermCounts::compare);
    List<Map.Entry<Object, Count>> sorted = new ArrayList<>(counts.entrySet());
    sorted.removeIf(entry -> without.contains(entry.getKey()));
    sorted.sort(order.reversed());
    return new ArrayList<>(sorted.stream().limit(most).map(Map.Entry::getKey).toList());
  }

  // Texts are compared as their bytes in UTF-8, which are in another order than Java's characters.
  private static int compare(Object one, Object other) {
    return one instanceof String text
        ? Arrays.compareUnsigned(bytes(text), bytes((String) other))
        : Long.compare((Long) one, (Long) other);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The inverse document frequency of a term, as Keras computes it. */
  double inverseDocumentFrequency(Object term) {
    Count count = counts.get(term);
    double with = count == null ? 0 : count.documents;
    return (float) Math.log(1 + documents / (1 + with));
  }
}
