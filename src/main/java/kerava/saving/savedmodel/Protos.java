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

  /** Byte strings as a message, of shape (count). */
  public static TensorProto strings(List<byte[]> strings) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_STRING);
    tensor.getTensorShapeBuilder().addDimBuilder().setSize(strings.size());
    strings.forEach(string -> tensor.addStringVal(ByteString.copyFrom(string)));
    return tensor.build();
  }

  /** A tensor that one of the others wrote; whoever asks for it closes it. */
  public static Tensor tensor(TensorProto proto) {
    if (proto.getDtype() == DataType.DT_STRING) {
      return StringTensors.tensor(
          proto.getStringValList().stream().map(ByteString::toByteArray).toList());
    }
    float[] values = new float[proto.getTensorContent().size() / Float.BYTES];
    proto
        .getTensorContent()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    long[] shape =
        proto.getTensorShape().getDimList().stream()
            .mapToLong(TensorShapeProto.Dim::getSize)
            .toArray();
    return Tensors.of(Array.of(values, shape));
  }
}
