package kerava.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of the official Python version, a pickled dictionary of pixels and labels, as it
 * lies in Keras' cache.
 *
 * <p>A pickle is a program. This one may build dictionaries, lists, tuples, numbers, texts and
 * NumPy arrays of bytes; at any other wish reading ends.
 */
final class Cifar10Pickle {
  /** The official files have 31 MB. */
  private static final long MAX_FILE_SIZE = 40_000_000;

  private static final int[] SHAPE = {Cifar10Folder.FILE_IMAGES, Cifar10Images.IMAGE};

  private Cifar10Pickle() {}

  static void read(Path file, Cifar10Images into, int first) throws IOException {
    Map<?, ?> content = content(file);
    byte[] pixels = pixels(file, content);
    List<?> labels = labels(file, content);
    for (int i = 0; i < labels.size(); i++) {
      int label = labels.get(i) instanceof Integer number ? number : -1;
      into.label(first + i, label, file, i);
      into.put(first + i, pixels, i * Cifar10Images.IMAGE);
    }
  }

  private static Map<?, ?> content(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_FILE_SIZE) {
      throw new DatasetException(
          file, "expected at most %d bytes, got %d.".formatted(MAX_FILE_SIZE, size));
    }
    byte[] bytes = Files.readAllBytes(file);
    @Nullable Object content;
    try {
      content = new Reader().loads(bytes);
    } catch (IOException | RuntimeException e) {
      // The library reports malformed pickles by whatever exception its stack machine runs into.
      throw new DatasetException(
          file,
          ("expected a pickled batch of CIFAR-10, got %d bytes that cannot be read (%s). Is"
                  + " the file damaged?")
              .formatted(size, reason(e)),
          e);
    }
    if (content instanceof Map<?, ?> map) {
      return map;
    }
    throw new DatasetException(
        file, "expected a pickled dictionary, got " + described(content) + ".");
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static byte[] pixels(Path file, Map<?, ?> content) throws DatasetException {
    if (content.get("data") instanceof Bytes array && array.data.length == SHAPE[0] * SHAPE[1]) {
      return array.data;
    }
    throw new DatasetException(
        file,
        "expected pixels \"data\" of shape (%d, %d), got %s. Is the file damaged?"
            .formatted(SHAPE[0], SHAPE[1], described(content.get("data"))));
  }

  private static List<?> labels(Path file, Map<?, ?> content) throws DatasetException {
    if (content.get("labels") instanceof List<?> list && list.size() == SHAPE[0]) {
      return list;
    }
    throw new DatasetException(
        file,
        "expected a list \"labels\" of %d numbers, got %s. Is the file damaged?"
            .formatted(SHAPE[0], described(content.get("labels"))));
  }

  private static String described(@Nullable Object value) {
    if (value instanceof Bytes array) {
      return array.data.length + " bytes";
    }
    if (value instanceof List<?> list) {
      return "a list of " + list.size();
    }
    return value == null ? "nothing" : value.getClass().getSimpleName();
  }

  /** A NumPy array of bytes while it is put together: made empty, then given its state. */
  private static final class Bytes {
    private byte[] data = {};

    /** Takes numpy.ndarray's state: version, shape, type, whether in Fortran order, data. */
    void state(Object[] state) {
      boolean rows = Boolean.FALSE.equals(state[3]);
      if (!rows || !(state[2] instanceof ByteType) || !(state[4] instanceof byte[] bytes)) {
        throw new PickleException("an array that is not of bytes row by row");
      }
      data = bytes;
    }
  }

  /** numpy.dtype("uint8"). */
  private record ByteType() {
    static ByteType of(Object name) {
      if (!"u1".equals(name)) {
        throw new PickleException("numbers of type " + name);
      }
      return new ByteType();
    }
  }

  /** An unpickler that does what these files need and refuses the rest. */
  private static final class Reader extends Unpickler {
    /** Instructions that push or combine plain values; the library's own handling is right. */
    private static final Set<Short> PLAIN =
        Set.of(
            Opcodes.PROTO,
            Opcodes.MARK,
            Opcodes.STOP,
            Opcodes.NONE,
            Opcodes.NEWTRUE,
            Opcodes.NEWFALSE,
            Opcodes.BININT,
            Opcodes.BININT1,
            Opcodes.BININT2,
            Opcodes.SHORT_BINSTRING,
            Opcodes.EMPTY_DICT,
            Opcodes.SETITEM,
            Opcodes.SETITEMS,
            Opcodes.EMPTY_LIST,
            Opcodes.APPEND,
            Opcodes.APPENDS,
            Opcodes.EMPTY_TUPLE,
            Opcodes.TUPLE,
            Opcodes.TUPLE1,
            Opcodes.TUPLE2,
            Opcodes.TUPLE3,
            Opcodes.BINPUT,
            Opcodes.LONG_BINPUT,
            Opcodes.BINGET,
            Opcodes.LONG_BINGET,
            Opcodes.REDUCE);

    @Override
    protected Object dispatch(short key) throws IOException {
      if (PLAIN.contains(key)) {
        return super.dispatch(key);
      }
      switch (key) {
        case Opcodes.GLOBAL ->
            stack.add(named(PickleUtils.readline(input), PickleUtils.readline(input)));
        case Opcodes.BINSTRING -> stack.add(longString());
        case Opcodes.BUILD -> build(stack.pop(), stack.peek());
        default -> throw new PickleException("the instruction 0x" + Integer.toHexString(key));
      }
      return NO_RETURN_VALUE;
    }

    /** Looks names up here and not in the library's registry, which is shared and knows more. */
    private static IObjectConstructor named(String module, String name) {
      return switch (module + "." + name) {
        case "numpy.core.multiarray._reconstruct", "numpy.ndarray" -> args -> new Bytes();
        case "numpy.dtype" -> args -> ByteType.of(args[0]);
        default -> throw new PickleException("the name " + module + "." + name);
      };
    }

    /** Keeps the pixels as bytes, and believes their length only if that many are there. */
    private byte[] longString() throws IOException {
      int length = ByteBuffer.wrap(input.readNBytes(4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (length < 0 || length > input.available()) {
        throw new PickleException(
            "a text of " + length + " bytes where " + input.available() + " are left");
      }
      return input.readNBytes(length);
    }

    private static void build(Object state, Object target) {
      if (target instanceof Bytes array) {
        array.state((Object[]) state);
      } else if (!(target instanceof ByteType)) {
        throw new PickleException("a state for " + target.getClass().getSimpleName());
      }
    }
  }
}
