package kerava.saving.hdf5;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import kerava.config.Listed;
import kerava.files.FileKind;
import kerava.files.Limits;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.saving.format.UnexpectedFormat;
import org.tensorflow.ndarray.Shape;

/**
 * An HDF5 file that is not to be trusted. Only what is asked for is looked at, and nothing is read
 * before its shape, its type and its size in the file are known to be right.
 *
 * @see Hdf5Bytes how what it makes Java allocate follows its size
 */
public final class Hdf5File implements AutoCloseable, NamedArrays {
  /** How much of a name is repeated in a refusal. */
  private static final int QUOTED = 100;

  /** Levels of groups within each other. */
  private static final int MOST_LEVELS = 1_000;

  private final Path path;
  private final Hdf5Bytes bytes;
  private final Hdf5Nodes nodes;
  private final Hdf5Strings texts;

  private Hdf5File(Path path, Hdf5Bytes bytes, Hdf5Nodes nodes) {
    this.path = path;
    this.bytes = bytes;
    this.nodes = nodes;
    this.texts = new Hdf5Strings(bytes);
  }

  /**
   * Opens a file that was read into memory, so that no offset in it can lead outside.
   *
   * @param path the name of the file, for error messages
   */
  public static Hdf5File open(Path path, byte[] content) throws ModelFormatException {
    byte[] begin = Arrays.copyOf(content, Math.min(content.length, FileKind.LOOK));
    FileKind kind = FileKind.of(begin, content.length);
    if (kind != FileKind.HDF5) {
      throw new ModelFormatException(path, "expected HDF5, got " + kind.words() + ".");
    }
    Hdf5Bytes bytes = new Hdf5Bytes(content);
    Hdf5Nodes nodes = guarded(path, "HDF5", () -> Hdf5Nodes.open(bytes));
    return new Hdf5File(path, bytes, nodes);
  }

  /** Opens a file on the disk. */
  public static Hdf5File read(Path path) throws IOException {
    UnexpectedFormat.requireThere(path);
    if (Files.isDirectory(path) || FileKind.of(path) != FileKind.HDF5) {
      throw UnexpectedFormat.refusal(path, "an HDF5 file");
    }
    long size = Files.size(path);
    if (size > Limits.FILE_BYTES) {
      throw new ModelFormatException(
          path, "expected at most " + Limits.FILE_BYTES + " bytes, got " + size + ".");
    }
    return open(path, Files.readAllBytes(path));
  }

  /** The file, for error messages. */
  public Path path() {
    return path;
  }

  /** How many bytes the file has. */
  public long bytes() {
    return bytes.size();
  }

  /** Whether there is a group or dataset of this name. */
  public boolean has(String name) throws ModelFormatException {
    return find(name).isPresent();
  }

  /** Whether there is an array of this name. */
  public boolean isArray(String name) throws ModelFormatException {
    return find(name).filter(Hdf5Nodes.Node::isArray).isPresent();
  }

  /** The shape of an array, of which nothing is read. */
  public Shape shape(String name) throws ModelFormatException {
    return array(name, "a dataset").shape();
  }

  /** NumPy's name for the type of an array: {@code float32}. */
  public String type(String name) throws ModelFormatException {
    return array(name, "a dataset").type().numpyName();
  }

  private Hdf5Dataset array(String name, String expected) throws ModelFormatException {
    Optional<Hdf5Nodes.Node> found = find(name).filter(Hdf5Nodes.Node::isArray);
    if (found.isEmpty()) {
      throw refuse(name, expected + ", got none");
    }
    return guarded(path, name, found.get()::dataset);
  }

  /** The names within a group, or none if there is no such group. */
  public Set<String> names(String group) throws ModelFormatException {
    Optional<Hdf5Nodes.Node> found = find(group).filter(Hdf5Nodes.Node::isGroup);
    return found.isPresent()
        ? guarded(path, group, () -> found.get().members().keySet())
        : Set.of();
  }

  /** The numbers of a dataset of a known shape, as float32. */
  @Override
  public Array floats(String name, Shape shape) throws ModelFormatException {
    Hdf5Dataset dataset = dataset(name, shape);
    float[] values = guarded(path, name, () -> dataset.type().floats(dataset.numbers(bytes)));
    return Array.of(values, shape.asArray());
  }

  /** Whether there is a dataset of this name and shape. */
  public boolean isOf(String name, Shape shape) throws ModelFormatException {
    return isArray(name) && shape(name).equals(shape);
  }

  /** The few numbers of a dataset of any shape. */
  public Array floats(String name) throws ModelFormatException {
    return floats(name, shape(name));
  }

  /** The whole number that a dataset without dimensions holds. */
  @Override
  public long integer(String name) throws ModelFormatException {
    Hdf5Dataset dataset = dataset(name, Shape.scalar());
    Hdf5Type type = dataset.type();
    return type.kind() == Hdf5Type.Kind.FLOAT
        ? (long) floats(name, Shape.scalar()).floats()[0]
        : guarded(path, name, () -> type.whole(dataset.numbers(bytes).order(type.order())));
  }

  /** A text that a group carries. */
  public Optional<String> text(String group, String attribute) throws ModelFormatException {
    Optional<Hdf5Attribute> found = attribute(group, attribute);
    if (found.isEmpty() || found.get().shape().numDimensions() > 0) {
      return Optional.empty();
    }
    return texts(group, found.get()).stream().findFirst();
  }

  /** A list of texts that a group carries; Keras splits a long one over numbered attributes. */
  public List<String> texts(String group, String attribute) throws ModelFormatException {
    List<String> all = new ArrayList<>();
    Optional<Hdf5Attribute> part = attribute(group, attribute);
    if (part.isPresent()) {
      all.addAll(texts(group, part.get()));
    }
    part = attribute(group, attribute + 0);
    for (int next = 1; part.isPresent(); next++) {
      all.addAll(texts(group, part.get()));
      part = attribute(group, attribute + next);
    }
    return all;
  }

  private List<String> texts(String group, Hdf5Attribute attribute) throws ModelFormatException {
    return guarded(path, group + "@" + attribute.name(), () -> texts.of(attribute));
  }

  private Optional<Hdf5Attribute> attribute(String group, String name) throws ModelFormatException {
    Optional<Hdf5Nodes.Node> node = find(group);
    return node.isEmpty()
        ? Optional.empty()
        : guarded(
            path, group + "@" + name, () -> Optional.ofNullable(node.get().attributes().get(name)));
  }

  private Hdf5Dataset dataset(String name, Shape shape) throws ModelFormatException {
    Hdf5Dataset dataset = array(name, "a dataset of shape " + shape);
    if (!dataset.shape().equals(shape)) {
      throw refuse(name, "shape " + shape + ", got " + dataset.shape());
    }
    if (!dataset.type().isNumber()) {
      throw refuse(name, "numbers, got other data");
    }
    // Keras neither packs its numbers nor cuts them up, and what is packed can be a bomb.
    if (dataset.layout() != Hdf5Dataset.Layout.ONE_PIECE) {
      throw refuse(name, "numbers in one piece, got chunks. Can it be saved without compression?");
    }
    if (dataset.bytes(bytes()) > bytes()) {
      throw refuse(name, "at most the file's " + bytes() + " bytes, got more");
    }
    return dataset;
  }

  private Optional<Hdf5Nodes.Node> find(String name) throws ModelFormatException {
    Hdf5Nodes.Node node = guarded(path, "HDF5", nodes::root);
    String[] parts = name.isEmpty() ? new String[0] : name.split("/", MOST_LEVELS);
    for (String part : parts) {
      Hdf5Nodes.Node group = node;
      Optional<Long> member = guarded(path, name, () -> nodes.member(group, part));
      if (member.isEmpty()) {
        return Optional.empty();
      }
      if (member.get() == Hdf5Group.LINK) {
        throw refuse(name, "data in this file, got a link");
      }
      node = guarded(path, name, () -> nodes.node(member.get()));
    }
    return Optional.of(node);
  }

  /** A refusal of what stands under a name; it says what was expected and what was found. */
  public ModelFormatException refuse(String name, String expected) {
    String end = expected.endsWith("?") ? "" : ".";
    return new ModelFormatException(
        path, Listed.cut(name, QUOTED) + ": expected " + expected + end);
  }

  private static <T> T guarded(Path path, String name, Supplier<T> action)
      throws ModelFormatException {
    try {
      return action.get();
    } catch (Hdf5Bytes.Damage e) {
      throw new ModelFormatException(
          path,
          "%s: expected sound HDF5, got %s. Is the file damaged?"
              .formatted(Listed.cut(name, QUOTED), e.getMessage()),
          e);
    }
  }

  /** Nothing is held open: the file is in memory. */
  @Override
  public void close() {}
}
