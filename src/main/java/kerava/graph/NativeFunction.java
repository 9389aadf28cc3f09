package kerava.graph;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Function;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NameAttrList;

/**
 * A function by TensorFlow's C API: those of TensorFlow Java take no lists of tensors, and no
 * output of an operation with several for an input.
 */
final class NativeFunction implements AutoCloseable {
  private static final byte WITH_HASH = 1;
  private static final int ALL_OPERATIONS = -1;

  private final TF_Function handle;
  private final DataType[] types;

  private NativeFunction(TF_Function handle, DataType[] types) {
    this.handle = handle;
    this.types = types;
  }

  /**
   * What a function is made of.
   *
   * @param inputs what it is given: placeholders, or outputs of operations that are left out
   * @param outputs what it gives, each from an operation of its own
   */
  record Ends(List<? extends Operand<?>> inputs, List<? extends Operand<?>> outputs) {}

  /** A function made of all that is added to a graph. */
  static NativeFunction of(String name, Function<Ops, Ends> body) {
    try (Graph graph = Graphs.empty()) {
      Ends ends = body.apply(Ops.create(graph));
      return create(graph, name, ends, ALL_OPERATIONS, new PointerPointer<TF_Operation>(0));
    }
  }

  /**
   * A function made of some operations of a graph, of which none has an effect: of what they are to
   * come after, nothing is left that they do not use.
   */
  static NativeFunction of(
      Graph graph, String name, Ends ends, Collection<GraphOperation> operations) {
    PointerPointer<TF_Operation> pointers = new PointerPointer<>(operations.size());
    int index = 0;
    for (GraphOperation operation : operations) {
      pointers.put(index++, operation.getUnsafeNativeHandle());
    }
    try (NativeFunction ordered = create(graph, name, ends, operations.size(), pointers)) {
      return ordered.changed(FunctionDefs::unordered);
    }
  }

  @SuppressWarnings("try") // the scope frees what is made while it is open
  private NativeFunction changed(UnaryOperator<FunctionDef> change) {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Buffer buffer = TF_Buffer.newBuffer();
      tensorflow.TF_FunctionToFunctionDef(handle, buffer, status);
      status.throwExceptionIfNotOK();
      byte[] bytes = new byte[(int) buffer.length()];
      new BytePointer(buffer.data()).get(bytes);
      byte[] changed = change.apply(FunctionDef.parseFrom(bytes)).toByteArray();
      TF_Function function =
          tensorflow.TF_FunctionImportFunctionDef(new BytePointer(changed), changed.length, status);
      status.throwExceptionIfNotOK();
      function.retainReference();
      return new NativeFunction(function, types);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("NativeFunction: " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("try") // the scope frees what is made while it is open
  private static NativeFunction create(
      Graph graph, String name, Ends ends, int count, PointerPointer<TF_Operation> operations) {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Function function =
          tensorflow.TF_GraphToFunction(
              NativeGraph.of(graph).handle(),
              new BytePointer(name),
              WITH_HASH,
              count,
              operations,
              ends.inputs().size(),
              outputs(ends.inputs()),
              ends.outputs().size(),
              outputs(ends.outputs()),
              (PointerPointer<?>) null,
              null,
              (BytePointer) null,
              status);
      status.throwExceptionIfNotOK();
      function.retainReference();
      DataType[] types =
          ends.outputs().stream()
              .map(output -> output.asOutput().dataType())
              .toArray(DataType[]::new);
      return new NativeFunction(function, types);
    }
  }

  private static TF_Output outputs(List<? extends Operand<?>> operands) {
    TF_Output all = new TF_Output(operands.size());
    for (int i = 0; i < operands.size(); i++) {
      Output<?> output = operands.get(i).asOutput();
      all.position(i)
          .oper(((GraphOperation) output.op()).getUnsafeNativeHandle())
          .index(output.index());
    }
    return all.position(0);
  }

  /** Makes the function known in a graph, and gives it as an attribute of an operation there. */
  @SuppressWarnings("try") // the scope frees what is made while it is open
  AttrValue in(Graph graph) {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      tensorflow.TF_GraphCopyFunction(NativeGraph.of(graph).handle(), handle, null, status);
      status.throwExceptionIfNotOK();
      String name = tensorflow.TF_FunctionName(handle).getString();
      return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
    }
  }

  /** Adds a call. */
  List<Output<?>> call(Ops tf, List<? extends Operand<?>> inputs) {
    Graph graph = (Graph) tf.scope().env();
    AttrValue function = in(graph);
    Output<?>[] outputs =
        graph
            .opBuilder("PartitionedCall", tf.scope().makeOpName("PartitionedCall"), tf.scope())
            .addInputList(inputs.stream().map(Operand::asOutput).toArray(Output<?>[]::new))
            .setAttr("Tout", types)
            .setAttr("f", function)
            .build()
            .outputList(0, types.length);
    return Arrays.asList(outputs);
  }

  @Override
  public void close() {
    tensorflow.TF_DeleteFunction(handle);
  }
}
