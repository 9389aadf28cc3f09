package kerava.cli;

import kerava.Kerava;
import org.tensorflow.TensorFlow;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "kerava " + Kerava.version(),
      "TensorFlow " + TensorFlow.version(),
      "Java " + Runtime.version()
    };
  }
}
