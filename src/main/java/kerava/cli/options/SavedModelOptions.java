package kerava.cli.options;

import kerava.saving.LoadOptions;
import picocli.CommandLine.Option;

/** How far a SavedModel is trusted. */
public final class SavedModelOptions {
  @Option(
      names = "--trust",
      description = {
        "Let a SavedModel do all that TensorFlow can, files and Python included; by default it may",
        "only compute."
      })
  private boolean trust;

  /** What a SavedModel may do. */
  public LoadOptions loading() {
    return trust ? LoadOptions.trusted() : LoadOptions.defaults();
  }
}
