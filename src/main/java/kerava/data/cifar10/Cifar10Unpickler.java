package kerava.data.cifar10;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerava.files.Limits;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pickles that CIFAR-10's files are, and refuses the rest.
 *
 * <p>Keys are texts, so that no structure is ever hashed or compared, and nothing walks through
 * what is built: it may be deep, or hold itself. Memory and time follow the number of instructions,
 * which is bounded.
 */
final class Cifar10Unpickler extends Unpickler {
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

  /** Letters of a module and of a name in it. */
  private static final int NAME = 100;

  private final int most = Limits.current().pickleSteps();
  private int steps;

  /** A NumPy array of bytes while it is put together: made empty, then given its state. */
  static final class Bytes {
    private byte[] data = {};

    byte[] data() {
      return data;
    }

    /** Takes numpy.ndarray's state: version, shape, type, whether in Fortran order, data. */
    private void state(Object[] state) {
      boolean sound =
          state.length == 5
              && Boolean.FALSE.equals(state[3])
              && state[2] instanceof ByteType
              && state[4] instanceof byte[];
      if (!sound) {
        throw new PickleException("an array that is not of bytes row by row");
      }
      data = (byte[]) state[4];
    }
  }

  /** numpy.dtype("uint8"). */
  private record ByteType() {
    static ByteType of(Object[] args) {
      if (args.length == 0 || !(args[0] instanceof String name)) {
        throw new PickleException("numbers of a type without a name");
      }
      if (!name.equals("u1")) {
        throw new PickleException("numbers of type " + name);
      }
      return new ByteType();
    }
  }

  @Override
  protected Object dispatch(short key) throws IOException {
    if (++steps > most) {
      throw new PickleException("more than " + most + " instructions");
    }
    if (PLAIN.contains(key)) {
      return super.dispatch(key);
    }
    switch (key) {
      case Opcodes.GLOBAL -> stack.add(named(word(), word()));
      case Opcodes.BINSTRING -> stack.add(longString());
      case Opcodes.BUILD -> build(stack.pop(), stack.peek());
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        put(stack.pop(), value, stack.peek());
      }
      case Opcodes.SETITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        for (int i = 0; i < items.size(); i += 2) {
          put(items.get(i), items.get(i + 1), stack.peek());
        }
      }
      default -> throw new PickleException("the instruction 0x" + Integer.toHexString(key));
    }
    return NO_RETURN_VALUE;
  }

  @SuppressWarnings("unchecked") // all maps here are made by EMPTY_DICT, and filled here
  private static void put(@Nullable Object key, @Nullable Object value, Object target) {
    if (!(key instanceof String) || !(target instanceof Map<?, ?> map)) {
      throw new PickleException("a key that is no short text");
    }
    ((Map<Object, @Nullable Object>) map).put(key, value);
  }

  /** The rest of a line, of which the library would read any length. */
  private String word() throws IOException {
    input.mark(NAME);
    byte[] start = input.readNBytes(NAME);
    for (byte letter : start) {
      if (letter == '\n') {
        input.reset();
        return PickleUtils.readline(input);
      }
    }
    throw new PickleException("a name of more than " + NAME + " letters");
  }

  /** Looks names up here and not in the library's registry, which is shared and knows more. */
  private static IObjectConstructor named(String module, String name) {
    return switch (module + "." + name) {
      case "numpy.core.multiarray._reconstruct", "numpy.ndarray" -> args -> new Bytes();
      case "numpy.dtype" -> ByteType::of;
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
    if (target instanceof Bytes array && state instanceof Object[] values) {
      array.state(values);
    } else if (!(target instanceof ByteType)) {
      throw new PickleException("a state of an object that has none");
    }
  }
}
