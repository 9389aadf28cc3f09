package kerava.saving;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.message.DataLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import kerava.files.FileKind;
import kerava.graph.Array;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;

/**
 * An HDF5 file that is not to be trusted. Only what is asked for is looked at, and nothing is read
 * before its shape, its type and its size in the file are known to be right.
 */
final class Hdf5File implements AutoCloseable, Values {
  private static final char ILLEGIBLE = '\ufffd';

  static {
    Hdf5Log.settle();
  }

  private final Path path;
  private final HdfFile file;
  private final long bytes;

  private Hdf5File(Path path, HdfFile file, long bytes) {
    this.path = path;
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * Opens a file that was read into memory, so that no offset in it can lead outside.
   *
   * @param path the name of the file, for error messages
   */
  static Hdf5File open(Path path, byte[] content) throws ModelFormatException {
    byte[] begin = Arrays.copyOf(content, Math.min(content.length, FileKind.LOOK));
    FileKind kind = FileKind.of(begin, content.length);
    if (kind != FileKind.HDF5) {
      throw new ModelFormatException(path, "expected HDF5, got " + kind.words() + ".");
    }
    HdfFile file = guarded(path, "HDF5", () -> HdfFile.fromByteBuffer(ByteBuffer.wrap(content)));
    return new Hdf5File(path, file, content.length);
  }

  /** Opens a file on the disk. */
  static Hdf5File read(Path path) throws IOException {
    ModelKind.requireThere(path);
    if (Files.isDirectory(path) || FileKind.of(path) != FileKind.HDF5) {
      throw ModelKind.refusal(path, "an HDF5 file");
    }
    long size = Files.size(path);
    if (size > Limits.HDF5_BYTES) {
      throw new ModelFormatException(
          path, "expected at most " + Limits.HDF5_BYTES + " bytes, got " + size + ".");
    }
    return open(path, Files.readAllBytes(path));
  }

  /** The file, for error messages. */
  Path path() {
    return path;
  }

  long bytes() {
    return bytes;
  }

  /** Whether there is a group or dataset of this name. */
  boolean has(String name) throws ModelFormatException {
    return find(name) != null;
  }

  /** Whether there is an array of this name. */
  boolean isArray(String name) throws ModelFormatException {
    return find(name) instanceof Dataset;
  }

  /** The shape of an array, of which nothing is read. */
  Shape shape(String name) throws ModelFormatException {
    Dataset dataset = array(name);
    return Shape.of(guarded(path, name, () -> dimensions(dataset)));
  }

  /** NumPy's name for the type of an array: {@code float32}. */
  String type(String name) throws ModelFormatException {
    Dataset dataset = array(name);
    return guarded(path, name, () -> Numbers.name(dataset.getDataType()));
  }

  private Dataset array(String name) throws ModelFormatException {
    if (find(name) instanceof Dataset dataset) {
      return dataset;
    }
    throw refuse(name, "a dataset, got none");
  }

  /** The names within a group, or none if there is no such group. */
  Set<String> names(String group) throws ModelFormatException {
    return find(group) instanceof Group found
        ? guarded(path, group, () -> found.getChildren().keySet())
        : Set.of();
  }

  /** The numbers of a dataset of a known shape, as float32. */
  @Override
  public Array floats(String name, Shape shape) throws ModelFormatException {
    Dataset dataset = dataset(name, shape);
    Object data = guarded(path, name, dataset::getDataFlat);
    float[] values = Numbers.floats(data);
    if (values.length != shape.size()) {
      throw refuse(name, shape + " numbers, got " + values.length);
    }
    return Array.of(values, shape.asArray());
  }

  /** Whether there is a dataset of this name and shape. */
  boolean isOf(String name, Shape shape) throws ModelFormatException {
    return find(name) instanceof Dataset dataset
        && Arrays.equals(guarded(path, name, () -> dimensions(dataset)), shape.asArray());
  }

  /** The few numbers of a dataset of any shape. */
  Array floats(String name) throws ModelFormatException {
    return floats(name, shape(name));
  }

  /** The whole number that a dataset without dimensions holds. */
  @Override
  public long integer(String name) throws ModelFormatException {
    Dataset dataset = dataset(name, Shape.scalar());
    if (guarded(path, name, dataset::getData) instanceof Number number) {
      return number.longValue();
    }
    throw refuse(name, "a whole number, got something else");
  }

  /** A text that a group carries. */
  Optional<String> text(String group, String attribute) throws ModelFormatException {
    Object data = attribute(group, attribute);
    return data instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A list of texts that a group carries; Keras splits a long one over numbered attributes. */
  List<String> texts(String group, String attribute) throws ModelFormatException {
    List<String> all = new ArrayList<>(list(attribute(group, attribute)));
    for (int part = 0; ; part++) {
      Object more = attribute(group, attribute + part);
      if (more == null) {
        break;
      }
      all.addAll(list(more));
    }
    for (int i = 0; i < all.size(); i++) {
      all.set(i, legible(group, all.get(i)));
    }
    return all;
  }

  /**
   * The path that a text names. Keras marks texts as ASCII that are UTF-8, of which nothing but
   * their length is left when they are read; names of groups and data are whole.
   */
  private String legible(String group, String text) throws ModelFormatException {
    if (text.indexOf(ILLEGIBLE) < 0) {
      return text;
    }
    String place = group;
    List<String> parts = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      List<String> alike = new ArrayList<>();
      if (find(place) instanceof Group parent) {
        alike.addAll(guarded(path, place, () -> parent.getChildren().keySet()));
        alike.removeIf(name -> !inAscii(name).equals(part));
      }
      if (alike.size() != 1) {
        return text;
      }
      parts.add(alike.get(0));
      place = (place.isEmpty() ? "" : place + "/") + alike.get(0);
    }
    return String.join("/", parts);
  }

  private static String inAscii(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.US_ASCII);
  }

  // A list without texts is an array of no floats.
  private static List<String> list(@Nullable Object data) {
    if (data instanceof String text) {
      return List.of(text);
    }
    return data instanceof String[] texts ? Arrays.asList(texts) : List.of();
  }

  private @Nullable Object attribute(String group, String name) throws ModelFormatException {
    Node node = find(group);
    if (node == null) {
      return null;
    }
    String where = group + "@" + name;
    Attribute attribute = guardedOrNull(where, () -> node.getAttributes().get(name));
    if (attribute == null) {
      return null;
    }
    if (guarded(path, where, attribute::getSizeInBytes) > bytes) {
      throw refuse(where, "at most " + bytes + " bytes, got more than the file has");
    }
    return guardedOrNull(where, () -> attribute.isEmpty() ? null : attribute.getData());
  }

  private Dataset dataset(String name, Shape shape) throws ModelFormatException {
    if (!(find(name) instanceof Dataset dataset)) {
      throw refuse(name, "a dataset of shape " + shape + ", got none");
    }
    long[] dimensions = guarded(path, name, () -> dimensions(dataset));
    if (!Arrays.equals(dimensions, shape.asArray())) {
      throw refuse(name, "shape " + shape + ", got " + Shape.of(dimensions));
    }
    requireNumbers(name, dataset);
    return dataset;
  }

  private static long[] dimensions(Dataset dataset) {
    return dataset.isScalar() ? new long[0] : dataset.getDimensionsAsLong();
  }

  private void requireNumbers(String name, Dataset dataset) throws ModelFormatException {
    Class<?> type = guarded(path, name, dataset::getJavaType);
    if (!Numbers.accepts(type)) {
      throw refuse(name, "numbers, got other data");
    }
    // Keras neither packs its numbers nor cuts them up, and what is packed can be a bomb.
    if (guarded(path, name, dataset::getDataLayout) == DataLayout.CHUNKED) {
      throw refuse(name, "numbers in one piece, got chunks. Can it be saved without compression?");
    }
    long size = guarded(path, name, () -> dataset.getSizeInBytes());
    if (size < 0 || size > bytes) {
      throw refuse(name, "at most " + bytes + " bytes, got " + size);
    }
  }

  private @Nullable Node find(String name) throws ModelFormatException {
    Node node = file;
    for (String part : name.isEmpty() ? new String[0] : name.split("/")) {
      if (!(node instanceof Group group)) {
        return null;
      }
      Node child = guardedOrNull(name, () -> group.getChild(part));
      if (child == null) {
        return null;
      }
      if (guarded(path, name, child::isLink)) {
        throw refuse(name, "data in this file, got a link");
      }
      node = child;
    }
    return node;
  }

  ModelFormatException refuse(String name, String expected) {
    return new ModelFormatException(path, name + ": expected " + expected + ".");
  }

  private <T> @Nullable T guardedOrNull(String name, Supplier<@Nullable T> action)
      throws ModelFormatException {
    return guarded(path, name, () -> Optional.ofNullable(action.get())).orElse(null);
  }

  // A damaged file makes jHDF throw almost anything unchecked.
  private static <T> T guarded(Path path, String name, Supplier<T> action)
      throws ModelFormatException {
    try {
      return action.get();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new ModelFormatException(
          path, name + ": expected sound HDF5, got something else. Is the file damaged?", e);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
