package kerava.saving.format;

/** The names of the files that models are made of. */
public final class FileNames {
  /** The layers in a {@code .keras} archive. */
  public static final String CONFIG = "config.json";

  /** What Keras says of a {@code .keras} archive. */
  public static final String METADATA = "metadata.json";

  /** The weights in a {@code .keras} archive. */
  public static final String WEIGHTS = "model.weights.h5";

  /** What Kerava says in a {@code .keras} archive, which Keras passes over. */
  public static final String CARD = "kerava.json";

  /** The graph of a SavedModel. */
  public static final String SAVED_MODEL = "saved_model.pb";

  /** The hashes of a SavedModel. */
  public static final String FINGERPRINT = "fingerprint.pb";

  /** Keras 2's description of the objects of a SavedModel. */
  public static final String KERAS_METADATA = "keras_metadata.pb";

  /** The folder of a SavedModel's variables, and the start of the names of the files in it. */
  public static final String VARIABLES = "variables";

  /** The index of a SavedModel's variables, in their folder. */
  public static final String VARIABLES_INDEX = "variables.index";

  /** The folder of files that a SavedModel's graph reads. */
  public static final String ASSETS = "assets";

  /** The folder of files beside a SavedModel's graph that it does not read. */
  public static final String ASSETS_EXTRA = "assets.extra";

  /** The names of a SavedModel's classes, in {@link #ASSETS}. */
  public static final String CLASS_NAMES = "class_names.txt";

  /** The layers of a SavedModel that Kerava wrote, which TensorFlow has no use for. */
  public static final String KERAS_CONFIG = ASSETS_EXTRA + "/keras_config.json";

  /** How a SavedModel that Kerava wrote expects images. */
  public static final String PREPROCESSING = ASSETS_EXTRA + "/preprocessing.json";

  private FileNames() {}
}
