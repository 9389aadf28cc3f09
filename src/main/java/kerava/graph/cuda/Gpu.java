package kerava.graph.cuda;

import java.util.List;

/**
 * A GPU, as its driver describes it.
 *
 * @param index its number, from 0
 * @param name what it is called
 * @param memoryBytes its memory, in bytes
 * @param major the first part of its compute capability
 * @param minor the second part
 */
public record Gpu(int index, String name, long memoryBytes, int major, int minor) {
  /** TensorFlow 2.18's kernels are compiled for these, as the library's own tables say. */
  private static final List<Integer> COMPILED = List.of(60, 70, 80, 89);

  /** Above all of those it carries intermediate code (PTX) for this one. */
  private static final int INTERMEDIATE = 90;

  /** How TensorFlow's code gets onto a GPU. */
  public enum Code {
    /** It is there, compiled. */
    COMPILED,
    /** The driver compiles it at its first use, which takes minutes once, and keeps it. */
    AT_FIRST_USE,
    /** There is none for so old a GPU. */
    NONE
  }

  /** The compute capability, such as 8.0. */
  public String capability() {
    return major + "." + minor;
  }

  /** How TensorFlow's code gets onto this GPU. */
  public Code code() {
    int own = 10 * major + minor;
    // Compiled code runs on every GPU of the same first part that is not older.
    if (COMPILED.stream().anyMatch(one -> one / 10 == major && one <= own)) {
      return Code.COMPILED;
    }
    return own >= INTERMEDIATE ? Code.AT_FIRST_USE : Code.NONE;
  }
}
