package kerava.saving.savedmodel;

import java.util.Locale;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A tensor that goes into a signature or comes out.
 *
 * @param type TensorFlow's name of its number type in Python: {@code float32}, {@code string}
 * @param shape -1 where a dimension is free; unknown where TensorFlow does not know its rank
 * @param tensor the name of the tensor in the graph
 */
public record SignatureTensor(String type, Shape shape, String tensor) {
  static SignatureTensor of(TensorInfo info) {
    return new SignatureTensor(type(info.getDtype()), shape(info), info.getName());
  }

  private static Shape shape(TensorInfo info) {
    TensorShapeProto shape = info.getTensorShape();
    return !info.hasTensorShape() || shape.getUnknownRank()
        ? Shape.unknown()
        : Shape.of(shape.getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize).toArray());
  }

  /** TensorFlow's name for a type in Python: {@code float32}. */
  public static String type(DataType type) {
    return switch (type) {
      case DT_FLOAT -> "float32";
      case DT_DOUBLE -> "float64";
      case DT_HALF -> "float16";
      default -> type.name().substring("DT_".length()).toLowerCase(Locale.ROOT);
    };
  }

  @Override
  public String toString() {
    return type + " " + shape;
  }
}
