package kerava.saving;

/**
 * What a model file may hold at most. Files come from strangers: everything that a file says about
 * sizes is checked against these numbers before memory is taken for it.
 */
public final class Limits {
  /** Members of an archive. */
  public static final int MEMBERS = 1_000;

  /** Bytes of {@code config.json}, unpacked; the largest models of Keras Applications have 1 MB. */
  public static final int CONFIG_BYTES = 16 << 20;

  /** Bytes of {@code metadata.json} and of {@code kerava.json}, unpacked. */
  public static final int METADATA_BYTES = 1 << 20;

  /** Bytes of an HDF5 file, which is read into one Java array. */
  public static final int HDF5_BYTES = Integer.MAX_VALUE - 16;

  /** Arrays in an HDF5 file that are listed. */
  public static final int HDF5_ENTRIES = 20_000;

  /**
   * How many times its packed size a member of more than 1 MB may have unpacked; weights hardly
   * shrink at all.
   */
  public static final int UNPACKING = 200;

  /** Levels of nesting in JSON; each nested model takes 3. */
  public static final int JSON_DEPTH = 200;

  /** Layers of a model, those of nested models included. */
  public static final int LAYERS = 2_000;

  private Limits() {}
}
