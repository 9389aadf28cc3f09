package kerava.graph.cuda;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.Optional;

/** The system's loader of shared libraries, asked as TensorFlow asks it: by name. Linux only. */
final class SystemLibraries {
  private static final int RTLD_LAZY = 1;
  private static final int RTLD_DI_LINKMAP = 2;
  private static final String ABSENT =
      ": cannot open shared object file: No such file or directory";

  private final Function open;
  private final Function error;
  private final Function info;

  SystemLibraries() {
    // Newer C libraries hold these functions themselves; this name leads to them in all.
    NativeLibrary loader = NativeLibrary.getInstance("libdl.so.2");
    open = loader.getFunction("dlopen");
    error = loader.getFunction("dlerror");
    info = loader.getFunction("dlinfo");
    // The first call of each loads what makes the virtual machine itself ask for errors.
    open("libkerava-asks-for-an-error.so");
  }

  /**
   * What became of a library that was asked for.
   *
   * @param path the file, if it was opened
   * @param problem the loader's words; empty if it was opened
   */
  record Opened(Optional<Path> path, String problem) {}

  /** Opens a library, for the life of the process. */
  Opened open(String name) {
    Pointer handle = open.invokePointer(new Object[] {name, RTLD_LAZY});
    if (handle == null) {
      String words = error.invokeString(new Object[0], false);
      return new Opened(Optional.empty(), words.equals(name + ABSENT) ? "not found" : words);
    }
    return new Opened(Optional.of(path(handle).orElse(Path.of(name))), "");
  }

  private Optional<Path> path(Pointer handle) {
    try (Memory map = new Memory(Native.POINTER_SIZE)) {
      if (info.invokeInt(new Object[] {handle, RTLD_DI_LINKMAP, map}) != 0) {
        return Optional.empty();
      }
      // struct link_map: the address, then the name.
      String file = map.getPointer(0).getPointer(Native.POINTER_SIZE).getString(0);
      return Optional.of(Path.of(file));
    }
  }
}
