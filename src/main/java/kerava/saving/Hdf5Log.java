package kerava.saving;

import org.slf4j.LoggerFactory;

/**
 * The log of the library that reads HDF5, which asks SLF4J for one.
 *
 * <p>A program without a log of its own would be told, on standard error, that SLF4J found none.
 * Kerava brings none along, because a program that has one would then be told of two.
 */
final class Hdf5Log {
  private static final String VERBOSITY = "slf4j.internal.verbosity";
  private static final String PROVIDERS = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

  private Hdf5Log() {}

  /** Lets SLF4J find out quietly that there is no log; where there is one, it is left alone. */
  static void settle() {
    ClassLoader loader = LoggerFactory.class.getClassLoader();
    boolean chosen =
        System.getProperty(VERBOSITY) != null
            || System.getProperty("slf4j.provider") != null
            || loader == null
            || loader.getResource(PROVIDERS) != null;
    if (chosen) {
      return;
    }
    System.setProperty(VERBOSITY, "ERROR");
    try {
      LoggerFactory.getILoggerFactory();
    } finally {
      System.clearProperty(VERBOSITY);
    }
  }
}
