package kerava.saving;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kerava.config.Listed;
import kerava.files.Limits;
import kerava.files.NameList;
import kerava.files.SmallFile;
import kerava.saving.savedmodel.BundleIndex;
import kerava.saving.savedmodel.GraphCheck;
import kerava.saving.savedmodel.GraphException;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * The files of a SavedModel, looked at before TensorFlow is let at them.
 *
 * @param folder the version folder
 * @param meta the graph to serve
 */
record SavedModelFolder(Path folder, MetaGraphDef meta) {
  static final String FILE = "saved_model.pb";

  /** How much is repeated of what TensorFlow said. */
  private static final int TENSORFLOW_SAID = 120;

  static final String CLASS_NAMES = "class_names.txt";

  private static final Set<String> VARIABLES = Set.of("VarHandleOp", "VariableV2", "Variable");
  private static final Pattern SHARD = Pattern.compile("variables\\.data-(\\d{5})-of-(\\d{5})");

  /** The SavedModel in a folder, or the highest version in a folder of versions. */
  static SavedModelFolder open(Path path) throws IOException {
    Path folder = version(path);
    Path file = folder.resolve(FILE);
    MetaGraphDef meta = choose(file, parse(file));
    SavedModelFolder opened = new SavedModelFolder(folder, meta);
    if (meta.getGraphDef().getNodeList().stream().anyMatch(SavedModelFolder::isVariable)) {
      opened.requireVariables();
    }
    return opened;
  }

  private static boolean isVariable(NodeDef node) {
    return VARIABLES.contains(node.getOp());
  }

  private static Path version(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new ModelFormatException(path.toString(), "the folder of a SavedModel", "nothing");
    }
    if (!Files.isDirectory(path)) {
      throw ModelKind.refusal(path, "the folder of a SavedModel");
    }
    if (Files.isRegularFile(path.resolve(FILE))) {
      return path;
    }
    List<Long> versions = VersionFolder.versions(path);
    if (versions.isEmpty()) {
      throw ModelKind.refusal(path, FILE + " or version folders named 1, 2...");
    }
    Path highest =
        path.resolve(String.valueOf(versions.stream().mapToLong(Long::longValue).max().orElse(0)));
    if (!Files.isRegularFile(highest.resolve(FILE))) {
      throw new ModelFormatException(
          highest.resolve(FILE).toString(), "a file", "nothing", "Is the copy of it complete?");
    }
    return highest;
  }

  private static SavedModel parse(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Path fingerprint = file.resolveSibling(Fingerprint.FILE);
    if (Files.isRegularFile(fingerprint)
        && !Fingerprint.fits(Files.readAllBytes(fingerprint), content)) {
      throw new ModelFormatException(
          file.toString(),
          "what " + Fingerprint.FILE + " was taken of",
          "other content",
          "Is it damaged, or was it changed? Without " + Fingerprint.FILE + " it is not compared.");
    }
    try {
      SavedModel model = SavedModel.parseFrom(content);
      if (model.getMetaGraphsCount() == 0) {
        throw new ModelFormatException(file.toString(), "a graph", "none", "Is the file damaged?");
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFormatException(
          file.toString(), "a SavedModel", "something else", "Is it damaged?");
    }
  }

  private static MetaGraphDef choose(Path file, SavedModel model) throws ModelFormatException {
    List<MetaGraphDef> graphs = model.getMetaGraphsList();
    for (MetaGraphDef graph : graphs) {
      if (tags(graph).equals(Set.of("serve"))) {
        return graph;
      }
    }
    if (graphs.size() == 1) {
      return graphs.get(0);
    }
    throw new ModelFormatException(
        file.toString(),
        "a graph with the tag serve",
        String.valueOf(graphs.stream().map(SavedModelFolder::tags).toList()));
  }

  // As a set, as TensorFlow compares them: else it could load another graph than was looked at.
  private static Set<String> tags(MetaGraphDef graph) {
    return new LinkedHashSet<>(graph.getMetaInfoDef().getTagsList());
  }

  /**
   * Refuses a graph that TensorFlow could not build.
   *
   * @return what {@link #requireComputing} goes on with
   * @throws ModelFormatException with the place in the graph
   */
  GraphCheck requireSound() throws ModelFormatException {
    try {
      return GraphCheck.structure(meta, mostConstants());
    } catch (GraphException e) {
      throw refusal(e);
    }
  }

  /**
   * Refuses a graph that does more than compute.
   *
   * @throws ModelFormatException with the place in the graph
   * @throws IOException if an asset cannot be looked at
   */
  void requireComputing(GraphCheck sound) throws IOException {
    try {
      sound.operations();
    } catch (GraphException e) {
      throw refusal(e);
    }
    requireOwnAssets();
  }

  private ModelFormatException refusal(GraphException e) {
    return new ModelFormatException(
        folder.resolve(FILE) + " " + e.where(), e.expected(), e.found(), e.hint());
  }

  /** A link could lead out of the folder, to files that are not the model's to read. */
  private void requireOwnAssets() throws IOException {
    for (AssetFileDef asset : meta.getAssetFileDefList()) {
      Path file = folder.resolve("assets").resolve(asset.getFilename());
      if (Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath())) {
        throw new ModelFormatException(
            file.toString(),
            "a file in the model's folder",
            "a link to " + file.toRealPath(),
            GraphException.TRUST);
      }
    }
  }

  /** Constants are written out, but for those of one number again and again. */
  private long mostConstants() {
    return Limits.current().constants() + 16L * meta.getSerializedSize();
  }

  /** The tags of the graph to serve. */
  String[] tags() {
    return tags(meta).toArray(String[]::new);
  }

  // TensorFlow loads a model without an index, and fails at its first request.
  private void requireVariables() throws IOException {
    Path variables = folder.resolve("variables");
    PatternPath.refuse(folder);
    requireFile(variables.resolve("variables.index"));
    List<String> names = names(variables);
    Matcher shard =
        names.stream()
            .map(SHARD::matcher)
            .filter(Matcher::matches)
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelFormatException(
                        variables.resolve("variables.data-00000-of-00001").toString(),
                        "a file",
                        "nothing",
                        "Is the copy of it complete?"));
    int shards = Integer.parseInt(shard.group(2));
    for (int i = 0; i < shards; i++) {
      requireFile(values(variables, i, shards));
    }
    requireIndex(variables, shards);
  }

  private static Path values(Path variables, int number, int shards) {
    return variables.resolve("variables.data-%05d-of-%05d".formatted(number, shards));
  }

  private static void requireIndex(Path variables, int shards) throws IOException {
    Path index = variables.resolve("variables.index");
    long[] sizes = new long[shards];
    for (int i = 0; i < shards; i++) {
      sizes[i] = Files.size(values(variables, i, shards));
    }
    try {
      BundleIndex.require(
          SmallFile.bytes(index, Limits.FILE_BYTES), i -> i < 0 || i >= shards ? -1 : sizes[i]);
    } catch (GraphException e) {
      throw new ModelFormatException(
          index + " " + e.where(), e.expected(), e.found(), "Is the folder damaged?");
    }
  }

  /** Says what TensorFlow found wrong in the files. */
  ModelFormatException damaged(RuntimeException e) {
    String message = Listed.cut(String.valueOf(e.getMessage()), TENSORFLOW_SAID);
    Path variables = folder.resolve("variables");
    // TensorFlow does not say which file it was in; only the index is a table of strings.
    String where = folder.toString();
    if (message.contains("sstable") || message.contains("block")) {
      where = variables.resolve("variables.index").toString();
    } else if (message.contains("bytes") || message.contains("hecksum")) {
      where = variables.toString();
    }
    ModelFormatException refusal =
        new ModelFormatException(
            where, "a model that TensorFlow can load", message, "Is the folder damaged?");
    refusal.initCause(e);
    return refusal;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void requireFile(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      throw new ModelFormatException(
          file.toString(),
          "the values of the model's variables",
          Files.exists(file) ? "an empty file" : "nothing",
          "Is the copy of it complete?");
    }
  }

  /** The names of the classes that travel with the model; empty if there are none. */
  List<String> classNames() throws IOException {
    Path file = folder.resolve("assets").resolve(CLASS_NAMES);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      return NameList.read(SmallFile.bytes(file, Limits.current().metadataBytes()));
    } catch (CharacterCodingException e) {
      throw new ModelFormatException(
          file, "expected the names of classes in UTF-8, got other bytes.", e);
    }
  }
}
