package kerava.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.Charset;

/**
 * What native code writes to standard error behind Java's back.
 *
 * <p>TensorFlow 2.18 greets every process with lines about its own logging and compiler passes, and
 * no setting of TensorFlow's or Abseil's turns them off: {@code TF_CPP_MIN_LOG_LEVEL=3} leaves them
 * standing. They go to file descriptor 2, so that one is closed to them.
 */
public final class NativeMessages {
  private NativeMessages() {}

  /**
   * Ends them, while {@link System#err} goes on to where it went before. Does nothing unless the
   * launcher has kept a second descriptor of standard error open, and opened {@code java.io}.
   */
  public static void silence() {
    Integer kept = Integer.getInteger("kerava.stderr");
    if (kept == null) {
      return;
    }
    try {
      Constructor<FileDescriptor> open = FileDescriptor.class.getDeclaredConstructor(int.class);
      open.setAccessible(true);
      FileOutputStream err = new FileOutputStream(open.newInstance(kept));
      System.setErr(new PrintStream(err, true, Charset.defaultCharset()));
      // Java never frees a standard descriptor: "closed", it leads to the null device.
      new FileOutputStream(FileDescriptor.err).close();
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(
          "kerava.stderr: expected an open file descriptor, got " + kept + ".", e);
    }
  }
}
