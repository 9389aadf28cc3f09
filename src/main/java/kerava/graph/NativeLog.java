package kerava.graph;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import kerava.files.Draft;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

/**
 * What TensorFlow writes to standard error when nothing is wrong, which is nothing by default.
 *
 * <p>Who sets {@code TF_CPP_MIN_LOG_LEVEL} in the environment decides otherwise: 0 brings all lines
 * back. Warnings are off with the greetings, because TensorFlow warns of what is not in a user's
 * hands; errors are shown. Where this does not work out, as on Windows, the lines are there.
 */
final class NativeLog {
  private static final String VARIABLE = "TF_CPP_MIN_LOG_LEVEL";
  private static final String ALL = "0";
  private static final String ERRORS = "2";
  private static final int STDERR = 2;
  private static final int READ_AND_WRITE = 2;

  /** The lines that heed no level: one on logging itself, and those marked as information. */
  private static final Pattern GREETING =
      Pattern.compile(
          "WARNING: All log messages before absl::InitializeLog\\(\\) .*|I\\d{4} \\d\\d:.*");

  private static boolean greeted;

  private NativeLog() {}

  /** The launcher has closed standard error to native code, and has no time to lose. */
  private static boolean silenced() {
    return System.getProperty("kerava.stderr") != null;
  }

  private static boolean wanted() {
    return ALL.equals(System.getenv(VARIABLE));
  }

  /** Sets the level, to be called before the library is loaded, which looks at it then. */
  static void lower() {
    if (System.getenv(VARIABLE) != null || silenced()) {
      return;
    }
    try {
      if (Platform.isWindows()) {
        function("_putenv_s").invokeInt(new Object[] {VARIABLE, ERRORS});
      } else {
        function("setenv").invokeInt(new Object[] {VARIABLE, ERRORS, 0});
      }
    } catch (LinkageError | RuntimeException e) {
      return; // Lines too many are no reason to compute nothing.
    }
  }

  /**
   * Has TensorFlow say what it says at the first run of a process, while nobody listens; to be
   * called before a session is opened.
   *
   * @param config the session's: the first one decides on threads for all
   */
  static synchronized void greet(ConfigProto config) {
    if (greeted || silenced() || wanted() || Platform.isWindows()) {
      return;
    }
    greeted = true;
    try {
      try (Draft draft = Draft.temporary()) {
        Path heard = Files.createFile(draft.path());
        redirected(heard, () -> firstRun(config));
        List<String> rest = rest(Files.readString(heard, StandardCharsets.UTF_8));
        pass(String.join("", rest));
      }
    } catch (IOException | LinkageError e) {
      return; // Lines too many are no reason to compute nothing.
    }
  }

  private static void firstRun(ConfigProto config) {
    ConfigProto onHost =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(config.getIntraOpParallelismThreads())
            .putDeviceCount("GPU", 0)
            .build();
    try (Graph graph = new Graph();
        Session session = new Session(graph, onHost)) {
      session.runner().fetch(Ops.create(graph).constant(0f)).run().close();
    }
  }

  /** Does something while all of the process's standard error goes to a file. */
  private static void redirected(Path file, Runnable work) {
    int kept = function("dup").invokeInt(new Object[] {STDERR});
    int opened = function("open").invokeInt(new Object[] {file.toString(), READ_AND_WRITE});
    try {
      if (kept >= 0 && opened >= 0) {
        function("dup2").invokeInt(new Object[] {opened, STDERR});
        work.run();
      }
    } finally {
      if (kept >= 0) {
        function("dup2").invokeInt(new Object[] {kept, STDERR});
        function("close").invokeInt(new Object[] {kept});
      }
      if (opened >= 0) {
        function("close").invokeInt(new Object[] {opened});
      }
    }
  }

  /** Everything but the greetings: what other threads wrote meanwhile, and errors. */
  static List<String> rest(String heard) {
    return Pattern.compile("(?<=\n)")
        .splitAsStream(heard)
        .filter(line -> !line.isEmpty() && !GREETING.matcher(line.stripTrailing()).matches())
        .toList();
  }

  private static void pass(String text) throws IOException {
    if (!text.isEmpty()) {
      // The descriptor stays open: it is the process's, and this stream is never closed.
      new FileOutputStream(FileDescriptor.err).write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Function function(String name) {
    return NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction(name);
  }
}
