package kerava.saving.export;

import kerava.saving.savedmodel.Protos;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorInfo;

/**
 * Where values enter or leave a graph that is to be exported.
 *
 * @param operand the place
 * @param shape what is known of the shape, batch dimension first
 */
record ExportTensor(Operand<?> operand, Shape shape) {
  DataType type() {
    return operand.asOutput().dataType();
  }

  /** Its name in a graph file: operation and output. */
  String tensor() {
    return operand.op().name() + ":" + operand.asOutput().index();
  }

  TensorInfo info() {
    return TensorInfo.newBuilder()
        .setName(tensor())
        .setDtype(type())
        .setTensorShape(Protos.shape(shape))
        .build();
  }
}
