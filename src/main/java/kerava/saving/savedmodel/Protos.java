package kerava.saving.savedmodel;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import kerava.graph.Array;
import kerava.graph.Rows;
import kerava.graph.Tensors;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Tensors inside protocol buffers: floats as raw bytes, and byte strings. */
public final class Protos {
  private Protos() {}

  /** A message in bytes that are the same for equal messages: the entries of maps sorted. */
  public static byte[] bytes(Message message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /** A shape as a message has it. */
  public static TensorShapeProto shape(Shape shape) {
    TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
    if (shape.isUnknown()) {
      return proto.setUnknownRank(true).build();
    }
    for (long size : shape.asArray()) {
      proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return proto.build();
  }

  /** An array of float32 as a message. */
  public static TensorProto floats(Array array) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Rows.length("Array as bytes", array.shape().append(Float.BYTES)))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(array.floats());
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_FLOAT)
        .setTensorShape(shape(array.shape()))
        .setTensorContent(ByteString.copyFrom(bytes.array()))
        .build();
  }

  /**
   * An array as a message of values of a type, which goes with the array's: fractions are cut off.
   *
   * @param type TensorFlow's name of it: {@code int64}
   */
  public static TensorProto values(Array array, String type) {
    if (type.equals("float32")) {
      return floats(array);
    }
    TensorProto.Builder tensor = TensorProto.newBuilder().setTensorShape(shape(array.shape()));
    if (array.type() == Array.Type.STRING) {
      tensor.setDtype(DataType.DT_STRING);
      for (String text : array.texts()) {
        tensor.addStringVal(ByteString.copyFromUtf8(text));
      }
      return tensor.build();
    }
    for (int i = 0; i < array.size(); i++) {
      long value = array.type() == Array.Type.FLOAT32 ? (long) array.floats()[i] : array.longs()[i];
      switch (type) {
        case "int64" -> tensor.setDtype(DataType.DT_INT64).addInt64Val(value);
        case "bool" -> tensor.setDtype(DataType.DT_BOOL).addBoolVal(value != 0);
        case "uint8" -> tensor.setDtype(DataType.DT_UINT8).addIntVal((int) value);
        default -> tensor.setDtype(DataType.DT_INT32).addIntVal((int) value);
      }
    }
    return tensor.build();
  }

  /** Byte strings as a message, of shape (count). */
  public static TensorProto strings(List<byte[]> strings) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_STRING);
    tensor.getTensorShapeBuilder().addDimBuilder().setSize(strings.size());
    strings.forEach(string -> tensor.addStringVal(ByteString.copyFrom(string)));
    return tensor.build();
  }

  /** A tensor that one of the others wrote; whoever asks for it closes it. */
  public static Tensor tensor(TensorProto proto) {
    long[] shape =
        proto.getTensorShape().getDimList().stream()
            .mapToLong(TensorShapeProto.Dim::getSize)
            .toArray();
    if (proto.getDtype() == DataType.DT_STRING && shape.length == 1) {
      return StringTensors.tensor(
          proto.getStringValList().stream().map(ByteString::toByteArray).toList());
    }
    if (proto.getDtype() != DataType.DT_FLOAT) {
      return whole(proto, shape);
    }
    float[] values = new float[proto.getTensorContent().size() / Float.BYTES];
    proto
        .getTensorContent()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return Tensors.of(Array.of(values, shape));
  }

  private static Tensor whole(TensorProto proto, long... shape) {
    int[] ints = proto.getIntValList().stream().mapToInt(Integer::intValue).toArray();
    byte[] bytes = new byte[Math.max(ints.length, proto.getBoolValCount())];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (ints.length > 0 ? ints[i] : proto.getBoolVal(i) ? 1 : 0);
    }
    return switch (proto.getDtype()) {
      case DT_STRING ->
          Tensors.of(
              Array.of(
                  proto.getStringValList().stream()
                      .map(ByteString::toStringUtf8)
                      .toArray(String[]::new),
                  shape));
      case DT_INT64 ->
          Tensors.of(
              Array.of(
                  proto.getInt64ValList().stream().mapToLong(Long::longValue).toArray(), shape));
      case DT_UINT8 -> Tensors.of(Array.of(bytes, shape));
      case DT_BOOL -> Tensors.truths(Array.of(bytes, shape));
      default -> Tensors.of(Array.of(ints, shape));
    };
  }
}
