package kerava.graph.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * CUDA's libraries from Maven: {@code org.bytedeco:cuda}, classifier {@code linux-x86_64-redist}.
 *
 * <p>JavaCPP unpacks them to its cache, once and for all. They are loaded before TensorFlow asks
 * for them by name: the system's loader then answers with those that it has already.
 */
public final class MavenCuda {
  private static final String FOLDER = "/org/bytedeco/cuda/linux-x86_64/";

  /** Opened by name by {@code libnvrtc.so.12}; its own name tells the minor version. */
  private static final String BUILTINS = "libnvrtc-builtins.so.12.6";

  private MavenCuda() {}

  /** What is loaded is so for the life of the process. */
  private static final class Once {
    static final Map<CudaLibrary, Path> LOADED = Map.copyOf(loadAll());
  }

  /** Whether the class path holds them. */
  public static boolean present() {
    return resource(CudaLibrary.CUDART.soname()) != null;
  }

  /** Whether the next {@link #load} must unpack them first: 2.4 GB, a minute or so. */
  public static boolean packed() {
    URL resource = resource(CudaLibrary.CUDNN.soname());
    if (resource == null) {
      return false;
    }
    try {
      String jar = Path.of(jar(resource)).getFileName() + FOLDER;
      return !Files.exists(Loader.getCacheDir().toPath().resolve(jar + CudaLibrary.CUDNN.soname()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path of the archive in {@code jar:file:/path/name.jar!/entry}. */
  private static String jar(URL resource) {
    String path = resource.getPath();
    int end = path.indexOf('!');
    return end < 0 ? path : path.substring(path.indexOf(':') + 1, end);
  }

  /**
   * Loads them, unless that is done or the class path does not hold them. To be called before the
   * first session of a process: TensorFlow remembers what it could not open.
   *
   * @return where each was loaded from
   * @throws UnsatisfiedLinkError if one of them is there and cannot be loaded
   */
  public static Map<CudaLibrary, Path> load() {
    return Once.LOADED;
  }

  private static Map<CudaLibrary, Path> loadAll() {
    Map<CudaLibrary, Path> loaded = new EnumMap<>(CudaLibrary.class);
    if (!present()) {
      return loaded;
    }
    // All are unpacked before the first is loaded: they look for each other in their own folder.
    Path builtins = unpacked(BUILTINS);
    for (CudaLibrary library : CudaLibrary.values()) {
      loaded.put(library, unpacked(library.soname()));
    }
    System.load(builtins.toString());
    loaded.values().forEach(path -> System.load(path.toString()));
    return loaded;
  }

  private static Path unpacked(String name) {
    URL resource = resource(name);
    if (resource == null) {
      throw new IllegalStateException(
          "CUDA from Maven: expected " + name + " in org.bytedeco:cuda, found none.");
    }
    try {
      return Loader.cacheResource(resource).toPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable URL resource(String name) {
    return MavenCuda.class.getResource(FOLDER + name);
  }
}
