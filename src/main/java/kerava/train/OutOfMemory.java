package kerava.train;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Says in one sentence what TensorFlow says in a page: a device has no memory left. */
final class OutOfMemory {
  private static final Pattern TENSOR = Pattern.compile("tensor with shape\\s?(\\[[\\d,]*\\])");
  private static final Pattern DEVICE = Pattern.compile("device:(\\w+:\\d+)");

  private OutOfMemory() {}

  /**
   * Does some work.
   *
   * @param where whose work it is
   * @param batch how many samples it takes at once, if that can be chosen
   * @throws IllegalStateException if the memory of a device does not suffice
   */
  static <T> T guard(String where, OptionalInt batch, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      Optional<String> sentence = exhausted(e).map(words -> sentence(where, batch, words));
      if (sentence.isPresent()) {
        throw new IllegalStateException(sentence.get(), e);
      }
      throw e;
    }
  }

  /** TensorFlow's words; work in other threads wraps its exceptions. */
  private static Optional<String> exhausted(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof TFResourceExhaustedException) {
        return Optional.of(String.valueOf(cause.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static String sentence(String where, OptionalInt batch, String words) {
    return where
        + ": expected memory on "
        + find(DEVICE, words).orElse("the device")
        + (batch.isPresent() ? " for a batch of " + batch.getAsInt() : "")
        + ", got none"
        + find(TENSOR, words).map(shape -> " for a tensor of shape " + shape).orElse("")
        + ". "
        + advice(batch)
        + " See docs/gpu.md#out-of-memory.";
  }

  private static String advice(OptionalInt batch) {
    int half = batch.orElse(0) / 2;
    return half > 0
        ? "Try a batch size of " + half + "."
        : "Does another program use the device? The CPU has the machine's memory.";
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
