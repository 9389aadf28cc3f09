package kerava.data.cifar10;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kerava.config.Listed;
import kerava.files.DatasetException;
import net.razorvine.pickle.PickleException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of the official Python version, a pickled dictionary of pixels and labels, as it
 * lies in Keras' cache.
 *
 * <p>A pickle is a program. This one may build dictionaries, lists, tuples, numbers, texts and
 * NumPy arrays of bytes; at any other wish reading ends.
 */
final class Cifar10Pickle {
  /** The official files have 31 MB. */
  private static final long MAX_FILE_SIZE = 40_000_000;

  /** How much is repeated of why a pickle cannot be read, which may quote it. */
  private static final int QUOTED = 100;

  private static final int[] SHAPE = {Cifar10Folder.FILE_IMAGES, Cifar10Images.IMAGE};

  private Cifar10Pickle() {}

  static void read(Path file, Cifar10Images into, int first) throws IOException {
    Map<?, ?> content = content(file);
    byte[] pixels = pixels(file, content);
    List<?> labels = labels(file, content);
    for (int i = 0; i < labels.size(); i++) {
      int label = labels.get(i) instanceof Integer number ? number : -1;
      into.label(first + i, label, file, i);
      into.put(first + i, pixels, i * Cifar10Images.IMAGE);
    }
  }

  private static Map<?, ?> content(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_FILE_SIZE) {
      throw new DatasetException(
          file, "expected at most %d bytes, got %d.".formatted(MAX_FILE_SIZE, size));
    }
    byte[] bytes = Files.readAllBytes(file);
    @Nullable Object content;
    try {
      content = new Cifar10Unpickler().loads(bytes);
    } catch (IOException | RuntimeException e) {
      // The library reports malformed pickles by whatever exception its stack machine runs into.
      throw new DatasetException(
          file,
          ("expected a pickled batch of CIFAR-10, got %d bytes that cannot be read (%s). Is"
                  + " the file damaged?")
              .formatted(size, reason(e)),
          e);
    }
    if (content instanceof Map<?, ?> map) {
      return map;
    }
    throw new DatasetException(
        file, "expected a pickled dictionary, got " + described(content) + ".");
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    boolean said = e instanceof PickleException || e instanceof IOException;
    return said && message != null
        ? Listed.cut(message, QUOTED)
        : "instructions that do not fit each other";
  }

  private static byte[] pixels(Path file, Map<?, ?> content) throws DatasetException {
    if (content.get("data") instanceof Cifar10Unpickler.Bytes array
        && array.data().length == SHAPE[0] * SHAPE[1]) {
      return array.data();
    }
    throw new DatasetException(
        file,
        "expected pixels \"data\" of shape (%d, %d), got %s. Is the file damaged?"
            .formatted(SHAPE[0], SHAPE[1], described(content.get("data"))));
  }

  private static List<?> labels(Path file, Map<?, ?> content) throws DatasetException {
    if (content.get("labels") instanceof List<?> list && list.size() == SHAPE[0]) {
      return list;
    }
    throw new DatasetException(
        file,
        "expected a list \"labels\" of %d numbers, got %s. Is the file damaged?"
            .formatted(SHAPE[0], described(content.get("labels"))));
  }

  private static String described(@Nullable Object value) {
    if (value instanceof Cifar10Unpickler.Bytes array) {
      return array.data().length + " bytes";
    }
    if (value instanceof List<?> list) {
      return "a list of " + list.size();
    }
    return value == null ? "nothing" : value.getClass().getSimpleName();
  }
}
