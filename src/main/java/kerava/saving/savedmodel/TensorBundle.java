package kerava.saving.savedmodel;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kerava.graph.Array;
import kerava.graph.Graphs;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import kerava.saving.format.FileNames;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.MergeV2Checkpoints;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.types.TString;

/** The files in which a SavedModel keeps the values of its variables. */
public final class TensorBundle {
  /** The key under which Python looks for the objects that the values belong to. */
  public static final String OBJECTS = "_CHECKPOINTABLE_OBJECT_GRAPH";

  private static final String VALUE = "/.ATTRIBUTES/VARIABLE_VALUE";

  private static final Pattern REASON = Pattern.compile("; ([^;/]+)$");

  private TensorBundle() {}

  /** The key of a variable's value. */
  public static String key(String variable) {
    return variable + VALUE;
  }

  /** Writes {@code folder/variables.index} and {@code folder/variables.data-00000-of-00001}. */
  public static void write(Path folder, Weights weights, TrackableObjectGraph objects)
      throws IOException {
    List<Tensor> tensors = new ArrayList<>();
    try (Graph graph = Graphs.empty()) {
      Ops tf = Ops.create(graph);
      Operand<TString> part = tf.constant(folder.resolve("part").toString());
      Operand<TString> whole = tf.constant(folder.resolve(FileNames.VARIABLES).toString());
      List<Operand<?>> values = new ArrayList<>();
      for (Array array : weights.arrays()) {
        tensors.add(Tensors.of(array));
        values.add(tf.placeholder(Tensors.type(array.type()), Placeholder.shape(array.shape())));
      }
      tensors.add(TString.tensorOfBytes(NdArrays.scalarOfObject(objects.toByteArray())));
      values.add(tf.placeholder(TString.class, Placeholder.shape(Shape.scalar())));
      var save = tf.train.save(part, names(tf, weights), empty(tf, values.size()), values);
      var merge =
          tf.withControlDependencies(save)
              .train
              .mergeV2Checkpoints(
                  tf.reshape(part, tf.constant(new int[] {1})),
                  whole,
                  MergeV2Checkpoints.deleteOldDirs(false));
      try (Session session = Graphs.onHost(graph)) {
        Session.Runner runner = session.runner().addTarget(merge);
        for (int i = 0; i < values.size(); i++) {
          runner.feed(values.get(i), tensors.get(i));
        }
        run(runner);
      }
    } finally {
      tensors.forEach(Tensor::close);
    }
    removeParts(folder);
  }

  /** TensorFlow does not say where it could not remove what it merged. */
  private static void removeParts(Path folder) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "part*")) {
      for (Path part : parts) {
        Files.delete(part);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** TensorFlow's own exceptions speak of nodes and paths; the system's reason ends them. */
  private static void run(Session.Runner runner) throws IOException {
    try {
      runner.run().close();
    } catch (TensorFlowException e) {
      String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      Matcher reason = REASON.matcher(said);
      throw new IOException(reason.find() ? reason.group(1) : said, e);
    }
  }

  private static Operand<TString> names(Ops tf, Weights weights) {
    List<String> names = new ArrayList<>();
    weights.names().forEach(name -> names.add(key(name)));
    names.add(OBJECTS);
    try (TString tensor = TString.vectorOf(names.toArray(String[]::new))) {
      return tf.constantOf(tensor);
    }
  }

  /** One tensor that is saved whole, after another. */
  private static Operand<TString> empty(Ops tf, int count) {
    return tf.fill(tf.constant(new int[] {count}), tf.constant(""));
  }
}
