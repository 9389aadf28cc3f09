package kerava.files;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * Gives two folders each other's name in one step, for which Java has no call, so that under
 * neither name there is a moment with nothing.
 */
public final class AtomicExchange {
  private static final int CURRENT_FOLDER = -100;
  private static final int EXCHANGE = 2;

  private AtomicExchange() {}

  /**
   * Exchanges them, on Linux and macOS.
   *
   * @return whether it is done; not every file system can
   */
  public static boolean done(Path one, Path other) {
    byte[] first = name(one);
    byte[] second = name(other);
    try {
      if (Platform.isLinux()) {
        Object[] call = {CURRENT_FOLDER, first, CURRENT_FOLDER, second, EXCHANGE};
        return function("renameat2").invokeInt(call) == 0;
      }
      return Platform.isMac()
          && function("renamex_np").invokeInt(new Object[] {first, second, EXCHANGE}) == 0;
    } catch (LinkageError e) {
      return false; // An older system.
    }
  }

  private static byte[] name(Path path) {
    Charset charset =
        Charset.forName(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    name.writeBytes(path.toAbsolutePath().toString().getBytes(charset));
    name.write(0);
    return name.toByteArray();
  }

  private static Function function(String name) {
    return NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction(name);
  }
}
