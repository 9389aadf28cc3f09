package kerava.saving.savedmodel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Graphs;
import kerava.graph.Tensors;
import kerava.saving.savedmodel.check.GraphCheck;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.types.TString;

/**
 * A SavedModel that runs. It can be used from several threads at once; closing waits for runs under
 * way.
 */
public final class SavedModelSession implements AutoCloseable {
  private final SavedModelInfo info;
  private final SavedModelBundle bundle;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private SavedModelSession(SavedModelInfo info, SavedModelBundle bundle) {
    this.info = info;
    this.bundle = bundle;
  }

  /**
   * Loads a SavedModel.
   *
   * @param path its folder, or a folder of version folders, of which the highest is taken
   * @param trust whether it may do more than compute
   * @throws ModelFormatException if there is no SavedModel, or it is damaged or incomplete, or does
   *     what it may not
   * @throws IOException if it cannot be read
   */
  public static SavedModelSession open(Path path, boolean trust) throws IOException {
    SavedModelFolder files = SavedModelFolder.open(path);
    GraphCheck sound = files.requireSound();
    if (!trust) {
      files.requireComputing(sound);
    }
    // What is said beside the model is read first, so that a damaged word costs no native memory.
    SavedModelInfo info = SavedModelInfo.of(files, sound);
    ConfigProto config =
        ConfigProto.newBuilder()
            .setAllowSoftPlacement(true)
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
            .build();
    Graphs.beforeSession(config);
    try {
      SavedModelBundle bundle =
          SavedModelBundle.loader(files.folder().toString())
              .withTags(files.tags())
              .withConfigProto(config)
              .load();
      return new SavedModelSession(info, bundle);
    } catch (TensorFlowException | IllegalArgumentException | UnsupportedOperationException e) {
      throw files.damaged(e);
    }
  }

  /** What the files say of the model. */
  public SavedModelInfo info() {
    return info;
  }

  /**
   * Calls a signature with arrays.
   *
   * @param inputs all inputs by name; truths are UINT8, 0 or 1
   * @return all outputs by name; truths are UINT8
   * @throws IllegalArgumentException if there is no such signature, or the inputs are not those
   *     that it takes, or an output is of a type that arrays do not have
   * @throws IllegalStateException if the session was closed
   */
  public Map<String, Array> call(String signature, Map<String, Array> inputs) {
    Signature called = info.signatures().get(signature);
    SignatureTensors.requireHeld(called);
    try (SignatureTensors tensors = new SignatureTensors(called, inputs);
        SessionOutputs outputs = run(signature, tensors.byName())) {
      return outputs.arrays(called.outputs().keySet());
    }
  }

  /**
   * Calls a signature of one input with the bytes of files, which it decodes itself.
   *
   * @return all outputs by name, of shape (files, ...)
   * @throws IllegalArgumentException if it takes something else
   * @throws IllegalStateException if the session was closed
   */
  public Map<String, Array> call(String signature, List<byte[]> files) {
    Signature called = info.signatures().get(signature);
    String input = called.inputs().keySet().iterator().next();
    try (TString tensor = StringTensors.tensor(files);
        SessionOutputs outputs = run(signature, Map.of(input, tensor))) {
      return outputs.arrays(called.outputs().keySet());
    }
  }

  /**
   * Calls a signature with tensors of any type.
   *
   * @param inputs all inputs by name; they stay the caller's
   * @return all outputs, to be closed
   * @throws IllegalArgumentException if there is no such signature, or the inputs are not those
   *     that it takes
   * @throws IllegalStateException if the session was closed
   */
  public SessionOutputs run(String signature, Map<String, ? extends Tensor> inputs) {
    Signature called = info.signatures().get(signature);
    SignatureCheck.require(called, inputs);
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(
            "SavedModel " + info.folder() + ": expected an open model, got a closed one.");
      }
      return run(called, inputs);
    } finally {
      lock.readLock().unlock();
    }
  }

  private SessionOutputs run(Signature signature, Map<String, ? extends Tensor> inputs) {
    Session.Runner runner = bundle.session().runner();
    inputs.forEach(
        (name, tensor) ->
            runner.feed(SignatureCheck.value(signature.inputs(), name).tensor(), tensor));
    // TensorFlow Java 1.1.0 refuses to fetch one tensor under two names.
    Map<String, Integer> fetched = new HashMap<>();
    Map<String, Integer> places = new HashMap<>();
    signature
        .outputs()
        .forEach(
            (name, output) ->
                places.put(
                    name,
                    fetched.computeIfAbsent(
                        output.tensor(),
                        tensor -> {
                          runner.fetch(tensor);
                          return fetched.size();
                        })));
    try {
      return new SessionOutputs(runner.run(), places);
    } catch (TensorFlowException | IllegalArgumentException | UnsupportedOperationException e) {
      throw SignatureCheck.refused(signature, e);
    }
  }

  /**
   * The value of a variable.
   *
   * @param node the name of its node
   * @throws IllegalArgumentException if it is of a type that arrays do not have
   */
  Array value(String node) {
    try (Result result = bundle.session().runner().fetch(node).run()) {
      return Tensors.array(result.get(0));
    }
  }

  /** Frees the model, once runs under way have ended. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        bundle.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
