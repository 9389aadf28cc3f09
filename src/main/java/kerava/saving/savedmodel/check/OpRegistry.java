package kerava.saving.savedmodel.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kerava.graph.NativeTensorFlow;
import org.tensorflow.proto.OpDef;

/** The operations of TensorFlow's library, and those among them that do nothing but compute. */
final class OpRegistry {
  /** What writes checkpoints. */
  static final Set<String> SAVING = Set.of("SaveV2", "Save", "SaveSlices", "MergeV2Checkpoints");

  /** What reads checkpoints; the first input is the path. */
  static final Set<String> RESTORING = Set.of("RestoreV2", "Restore", "RestoreSlice");

  /** What fills a table from a text file; the second input is its path. */
  static final Set<String> TABLES =
      Set.of("InitializeTableFromTextFile", "InitializeTableFromTextFileV2");

  private static final String LIST = "computing-operations.txt";

  /** Read when the first SavedModel is, as it needs the native library. */
  private static final class Registry {
    static final Map<String, OpDef> BY_NAME = new HashMap<>();

    static {
      NativeTensorFlow.operations().getOpList().forEach(op -> BY_NAME.put(op.getName(), op));
    }

    private Registry() {}
  }

  private static final Set<String> COMPUTING = computing();

  private OpRegistry() {}

  /** An operation's declaration, if the library has it. */
  static Optional<OpDef> find(String name) {
    return Optional.ofNullable(Registry.BY_NAME.get(name));
  }

  /** Whether an operation is known to touch nothing but its inputs and the model's variables. */
  static boolean computes(String name) {
    return COMPUTING.contains(name);
  }

  /** The names of the operations that only compute. */
  static Set<String> computing() {
    try (InputStream in = OpRegistry.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw new IllegalStateException(
            LIST + ": expected it beside Kerava's classes, got nothing. Is the jar complete?");
      }
      Set<String> names = new HashSet<>();
      new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> java.util.Arrays.stream(line.split(" ", -1)))
          .filter(name -> !name.isEmpty())
          .forEach(names::add);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
