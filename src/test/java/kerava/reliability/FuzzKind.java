package kerava.reliability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import kerava.files.DatasetException;
import kerava.files.ModelFormatException;
import kerava.files.RecordException;
import kerava.images.ImageException;

/**
 * A format that strangers' files have.
 *
 * @param name of it
 * @param isNative whether TensorFlow's C++ sees what the files hold
 * @param seeds whole files
 * @param change damages them
 * @param reader what users call
 * @param documented which exceptions that says of damaged files
 */
record FuzzKind(
    String name,
    boolean isNative,
    List<FuzzInput> seeds,
    Change change,
    Reader reader,
    List<Class<? extends Exception>> documented) {
  static final List<Class<? extends Exception>> MODEL = List.of(ModelFormatException.class);
  static final List<Class<? extends Exception>> DATA =
      List.of(DatasetException.class, RecordException.class, ImageException.class);

  /** Damages an input. */
  interface Change {
    FuzzInput apply(FuzzInput input, Random random) throws IOException;
  }

  /** Reads the files below a folder. */
  interface Reader {
    void read(Path folder) throws Exception;
  }

  /** Changes the bytes of a file. */
  interface Bytes {
    byte[] apply(byte[] content, Random random);
  }

  /** Damages one file of an input, and sometimes takes it away. */
  static Change in(String file, Bytes bytes) {
    return (input, random) -> {
      byte[] content = input.files().get(file);
      return content == null ? input : input.with(file, bytes.apply(content, random));
    };
  }

  /** Whether an exception is one that users are told to expect, with a sentence for them. */
  boolean expects(Throwable thrown) {
    Throwable cause = thrown instanceof java.io.UncheckedIOException ? thrown.getCause() : thrown;
    String message = cause.getMessage();
    return message != null
        && message.contains("expected")
        && !message.contains("Exception")
        && documented.stream().anyMatch(type -> type.isInstance(cause));
  }
}
