package kerava.cli;

import kerava.saving.LoadOptions;
import picocli.CommandLine.Option;

/** How far a SavedModel is trusted. */
final class SavedModelOptions {
  @Option(
      names = "--trust",
      description = {
        "Let a SavedModel do all that TensorFlow can, files and Python included; by default it may",
        "only compute."
      })
  private boolean trust;

  LoadOptions loading() {
    return trust ? LoadOptions.trusted() : LoadOptions.defaults();
  }
}
