package kerava.cli;

import kerava.Kerava;
import kerava.graph.NativeTensorFlow;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "kerava " + Kerava.version(),
      "TensorFlow " + NativeTensorFlow.version(),
      "Java " + Runtime.version()
    };
  }
}
