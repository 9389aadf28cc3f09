package kerava.saving.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import kerava.config.Listed;
import kerava.files.Limits;
import kerava.files.ModelFormatException;
import kerava.saving.format.FileNames;
import kerava.saving.format.UnexpectedFormat;
import kerava.saving.format.VersionNumbers;
import kerava.saving.savedmodel.check.GraphCheck;
import kerava.saving.savedmodel.check.GraphException;
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
public record SavedModelFolder(Path folder, MetaGraphDef meta) {
  /** How much is repeated of what TensorFlow said. */
  private static final int TENSORFLOW_SAID = 120;

  private static final Set<String> VARIABLES = Set.of("VarHandleOp", "VariableV2", "Variable");

  /** The SavedModel in a folder, or the highest version in a folder of versions. */
  public static SavedModelFolder open(Path path) throws IOException {
    Path folder = version(path);
    Path file = folder.resolve(FileNames.SAVED_MODEL);
    MetaGraphDef meta = choose(file, parse(file));
    SavedModelFolder opened = new SavedModelFolder(folder, meta);
    if (meta.getGraphDef().getNodeList().stream().anyMatch(SavedModelFolder::isVariable)) {
      VariableFiles.require(folder);
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
      throw UnexpectedFormat.refusal(path, "the folder of a SavedModel");
    }
    if (Files.isRegularFile(path.resolve(FileNames.SAVED_MODEL))) {
      return path;
    }
    List<Long> versions = VersionNumbers.in(path);
    if (versions.isEmpty()) {
      throw UnexpectedFormat.refusal(
          path, FileNames.SAVED_MODEL + " or version folders named 1, 2...");
    }
    Path highest =
        path.resolve(String.valueOf(versions.stream().mapToLong(Long::longValue).max().orElse(0)));
    if (!Files.isRegularFile(highest.resolve(FileNames.SAVED_MODEL))) {
      throw new ModelFormatException(
          highest.resolve(FileNames.SAVED_MODEL).toString(),
          "a file",
          "nothing",
          "Is the copy of it complete?");
    }
    return highest;
  }

  private static SavedModel parse(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Path fingerprint = file.resolveSibling(FileNames.FINGERPRINT);
    if (Files.isRegularFile(fingerprint)
        && !Fingerprint.fits(Files.readAllBytes(fingerprint), content)) {
      throw new ModelFormatException(
          file.toString(),
          "what " + FileNames.FINGERPRINT + " was taken of",
          "other content",
          "Is it damaged, or was it changed? Without "
              + FileNames.FINGERPRINT
              + " it is not compared.");
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
        folder.resolve(FileNames.SAVED_MODEL) + " " + e.where(), e.expected(), e.found(), e.hint());
  }

  /** A link could lead out of the folder, to files that are not the model's to read. */
  private void requireOwnAssets() throws IOException {
    for (AssetFileDef asset : meta.getAssetFileDefList()) {
      Path file = folder.resolve(FileNames.ASSETS).resolve(asset.getFilename());
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

  /** Says what TensorFlow found wrong in the files. */
  ModelFormatException damaged(RuntimeException e) {
    String message = Listed.cut(String.valueOf(e.getMessage()), TENSORFLOW_SAID);
    Path variables = folder.resolve(FileNames.VARIABLES);
    // TensorFlow does not say which file it was in; only the index is a table of strings.
    String where = folder.toString();
    if (message.contains("sstable") || message.contains("block")) {
      where = variables.resolve(FileNames.VARIABLES_INDEX).toString();
    } else if (message.contains("bytes") || message.contains("hecksum")) {
      where = variables.toString();
    }
    ModelFormatException refusal =
        new ModelFormatException(
            where, "a model that TensorFlow can load", message, "Is the folder damaged?");
    refusal.initCause(e);
    return refusal;
  }
}
