package kerava.saving.export;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** Reads the values of constants in graph files. */
final class ConstantNodes {
  private ConstantNodes() {}

  /** The numbers of a constant of 32-bit integers of rank 1. */
  static List<Long> ints(NodeDef constant) {
    TensorProto tensor = constant.getAttrOrThrow("value").getTensor();
    List<Long> values = new ArrayList<>();
    if (tensor.getTensorContent().isEmpty()) {
      long size = tensor.getTensorShape().getDim(0).getSize();
      for (int i = 0; i < size; i++) {
        // A list that is too short goes on with its last value.
        values.add((long) tensor.getIntVal(Math.min(i, tensor.getIntValCount() - 1)));
      }
      return values;
    }
    IntBuffer numbers =
        tensor
            .getTensorContent()
            .asReadOnlyByteBuffer()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asIntBuffer();
    while (numbers.hasRemaining()) {
      values.add((long) numbers.get());
    }
    return values;
  }
}
