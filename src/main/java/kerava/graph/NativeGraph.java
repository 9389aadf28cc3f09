package kerava.graph;

import java.lang.reflect.Field;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Input;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * Changes to operations that are in a graph already, by TensorFlow's C API: TensorFlow Java 1.1.0
 * has none.
 */
final class NativeGraph {
  private final TF_Graph handle;

  private NativeGraph(TF_Graph handle) {
    this.handle = handle;
  }

  static NativeGraph of(Graph graph) {
    try {
      Field field = Graph.class.getDeclaredField("nativeHandle");
      field.setAccessible(true);
      return new NativeGraph((TF_Graph) field.get(graph));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "NativeGraph: expected the graph of TensorFlow Java 1.1.0, got one without its handle.",
          e);
    }
  }

  /** The graph, as the C API takes it. */
  TF_Graph handle() {
    return handle;
  }

  /** Asks for a device for an operation. */
  void place(GraphOperation operation, String device) {
    tensorflow.TF_SetRequestedDevice(handle, operation.getUnsafeNativeHandle(), device);
  }

  /** Gives all that reads a value another one in its place, but for what the other is made by. */
  void redirect(Output<?> from, Output<?> to) {
    for (GraphOperation reader : ((GraphOperation) from.op()).consumers(from.index())) {
      for (int i = 0; i < reader.numInputs() && !reader.equals(to.op()); i++) {
        if (reader.input(i).equals(from)) {
          replaceInput(reader, i, to);
        }
      }
    }
  }

  /** Gives an operation another input in the place of one that it has. */
  void replaceInput(GraphOperation operation, int index, Output<?> source) {
    GraphOperation from = (GraphOperation) source.op();
    try (TF_Status status = TF_Status.newStatus();
        TF_Output output = new TF_Output();
        TF_Input input = new TF_Input()) {
      output.oper(from.getUnsafeNativeHandle()).index(source.index());
      input.oper(operation.getUnsafeNativeHandle()).index(index);
      tensorflow.TF_UpdateEdge(handle, output, input, status);
      status.throwExceptionIfNotOK();
    }
  }
}
