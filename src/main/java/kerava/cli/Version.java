package kerava.cli;

import org.tensorflow.TensorFlow;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "kerava " + kerava(), "TensorFlow " + TensorFlow.version(), "Java " + Runtime.version()
    };
  }

  static String kerava() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0" : version;
  }
}
