package kerava.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import kerava.Labels;
import kerava.graph.Array;

/**
 * Samples in a random order in which every class comes as often in each part as in the whole.
 *
 * <p>Each class is shuffled, and its samples are laid at equal distances from 0 to 1; all are then
 * taken in the order of these places.
 */
public final class StratifiedOrder {
  private final List<Place> places;

  /** One sample: which of its class it is after the shuffle, and where that lies from 0 to 1. */
  private record Place(int sample, int number, double at) {}

  private StratifiedOrder(List<Place> places) {
    this.places = places;
  }

  /**
   * Lays out samples.
   *
   * @param labels class numbers, of shape (samples), or targets of shape (samples, ...), of which
   *     the largest counts, or one of which is above one half
   * @param seed decides the order
   */
  public static StratifiedOrder of(Array labels, long seed) {
    TreeMap<Integer, List<Integer>> byClass = new TreeMap<>();
    int count = Math.toIntExact(labels.shape().get(0));
    for (int i = 0; i < count; i++) {
      byClass.computeIfAbsent(classOf(labels, i, count), unused -> new ArrayList<>()).add(i);
    }
    Random random = new Random(seed);
    List<Place> places = new ArrayList<>();
    for (List<Integer> samples : byClass.values()) {
      Collections.shuffle(samples, random);
      for (int i = 0; i < samples.size(); i++) {
        places.add(new Place(samples.get(i), i, (i + 0.5) / samples.size()));
      }
    }
    // Sorting keeps the order of equal places, which is not to be that of the classes.
    Collections.shuffle(places, random);
    places.sort(Comparator.comparingDouble(Place::at));
    return new StratifiedOrder(places);
  }

  private static int classOf(Array labels, int index, int count) {
    if (labels.type() == Array.Type.INT32) {
      return Labels.onePerSample("Dataset sample", labels)[index];
    }
    int width = labels.size() / count;
    float[] values = labels.floats();
    int from = index * width;
    return width == 1
        ? Math.round(values[from])
        : IntStream.range(0, width)
            .reduce(0, (a, b) -> values[from + b] > values[from + a] ? b : a);
  }

  /**
   * So many samples, or all: one of each class first, as long as they last.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public int[] first(int count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "Dataset: expected a number of samples of at least 0, got " + count + ".");
    }
    return places.stream()
        .sorted(Comparator.comparingInt(place -> Math.min(1, place.number())))
        .limit(count)
        .mapToInt(Place::sample)
        .toArray();
  }

  /** So many samples, of each class its share: classes of a few samples may be left out. */
  public int[] share(int count) {
    return places.stream().limit(count).mapToInt(Place::sample).toArray();
  }
}
