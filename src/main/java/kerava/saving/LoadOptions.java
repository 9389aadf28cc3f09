package kerava.saving;

/**
 * How a SavedModel is loaded.
 *
 * <p>A SavedModel is a program. By default it may only compute: one with operations that touch
 * files, processes, the network or Python is refused by the operation's name. {@link #trusted} lets
 * it do whatever it says, for models whose makers you trust.
 *
 * @param trust whether every operation of TensorFlow may run
 */
public record LoadOptions(boolean trust) {
  /** Operations that compute, and no others. */
  public static LoadOptions defaults() {
    return new LoadOptions(false);
  }

  /** Every operation. */
  public static LoadOptions trusted() {
    return new LoadOptions(true);
  }
}
