package kerava;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** What this library says of itself. */
public final class Kerava {
  private static final String VERSION = read();

  private Kerava() {}

  /** The version of this library: {@code 0.1.0}. */
  public static String version() {
    return VERSION;
  }

  private static String read() {
    try (InputStream in = Kerava.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(Objects.requireNonNull(in, "version.properties is part of the jar"));
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
