package kerava.saving;

import java.util.List;
import java.util.Optional;
import kerava.saving.weights.ListedArray;
import kerava.saving.weights.WeightsLister;
import org.tensorflow.ndarray.Shape;

/**
 * What is in a file that holds weights alone.
 *
 * @param format who wrote it, in words: "Keras 3"
 * @param entries its arrays, in the file's order
 */
public record WeightsListing(String format, List<Entry> entries) {
  /** Keeps the entries as they are now. */
  public WeightsListing {
    entries = List.copyOf(entries);
  }

  /** What the numbers of an array are for. */
  public enum Role {
    /** Weights of layers. */
    WEIGHT,
    /** What an optimizer, or metrics, go on with. */
    STATE
  }

  /**
   * An array in the file.
   *
   * @param path where it stands
   * @param layer the layer's own name, if the file says it beside the path
   * @param role what it is for
   * @param type NumPy's name of its number type: {@code float32}
   * @param shape its shape
   */
  public record Entry(String path, Optional<String> layer, Role role, String type, Shape shape) {
    /** How many numbers it holds. */
    public long size() {
      return shape.size();
    }
  }

  static WeightsListing of(WeightsLister.Listing listing) {
    List<Entry> entries = listing.arrays().stream().map(WeightsListing::entry).toList();
    return new WeightsListing(listing.format(), entries);
  }

  private static Entry entry(ListedArray array) {
    Role role = array.weight() ? Role.WEIGHT : Role.STATE;
    return new Entry(array.path(), array.layer(), role, array.type(), array.shape());
  }

  /** How many arrays have a role. */
  public long count(Role role) {
    return entries.stream().filter(entry -> entry.role() == role).count();
  }

  /** How many numbers the arrays of a role hold. */
  public long numbers(Role role) {
    return entries.stream().filter(entry -> entry.role() == role).mapToLong(Entry::size).sum();
  }
}
