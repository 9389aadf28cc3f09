package kerava.graph;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * Where a graph runs.
 *
 * @param kind the choice
 * @param index which GPU, or which part of a divided CPU; empty means the first
 */
public record Device(Kind kind, OptionalInt index) {
  /** The choice in the words that {@link #parse} reads. */
  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return index.isPresent() ? name + ":" + index.getAsInt() : name;
  }

  /** The kinds of choice. */
  public enum Kind {
    /** A GPU if TensorFlow sees one, else the CPU. */
    AUTO,
    /** The CPU, even where there is a GPU. */
    CPU,
    /** A GPU; an error where there is none. */
    GPU
  }

  /** A GPU if TensorFlow sees one, else the CPU. */
  public static Device auto() {
    return new Device(Kind.AUTO, OptionalInt.empty());
  }

  /** The CPU. */
  public static Device cpu() {
    return new Device(Kind.CPU, OptionalInt.empty());
  }

  /**
   * One of several devices that the CPU is made to look like, from 0: to try what is meant for
   * several GPUs.
   */
  public static Device cpu(int index) {
    return new Device(Kind.CPU, OptionalInt.of(index));
  }

  /** The GPU of that number, from 0. */
  public static Device gpu(int index) {
    return new Device(Kind.GPU, OptionalInt.of(index));
  }

  /**
   * Reads a choice: {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}; or {@code cpu:N}, a
   * part of a divided CPU, which is for trying.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Device parse(String text) {
    if (text.matches("[cg]pu:\\d{1,3}")) {
      int index = Integer.parseInt(text.substring(4));
      return text.startsWith("g") ? gpu(index) : cpu(index);
    }
    return switch (text) {
      case "auto" -> auto();
      case "cpu" -> cpu();
      case "gpu" -> gpu(0);
      default ->
          throw new IllegalArgumentException(
              "device: expected auto, cpu, gpu or gpu:N, got \"" + text + "\".");
    };
  }
}
