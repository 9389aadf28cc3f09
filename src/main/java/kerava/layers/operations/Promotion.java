package kerava.layers.operations;

import java.util.Collection;
import java.util.List;
import kerava.graph.DType;

/**
 * The type in which Keras computes with operands of several types.
 *
 * <p>A number of Python beside tensors is of the least type of its kind: {@code x + 1} is of the
 * type of x, and {@code x + 1.5} too, unless x is of whole numbers.
 */
enum Promotion {
  BOOL(0, DType.BOOL),
  WHOLE_NUMBER(1, DType.INT32),
  UINT8(2, DType.UINT8),
  INT8(2, DType.INT8),
  INT16(3, DType.INT16),
  INT32(4, DType.INT32),
  INT64(5, DType.INT64),
  FRACTION(6, DType.FLOAT32),
  BFLOAT16(7, DType.BFLOAT16),
  FLOAT16(7, DType.FLOAT16),
  FLOAT32(8, DType.FLOAT32),
  FLOAT64(9, DType.FLOAT64);

  private final int height;
  private final DType type;

  Promotion(int height, DType type) {
    this.height = height;
    this.type = type;
  }

  /** What an operand of a type is. */
  static Promotion of(DType type) {
    return valueOf(type.name());
  }

  /** The least type that all operands can be brought to. */
  static DType of(Collection<Promotion> operands) {
    Promotion least = BOOL;
    for (Promotion operand : operands) {
      least = least.with(operand);
    }
    return least.type;
  }

  private Promotion with(Promotion other) {
    if (this == other || height != other.height) {
      return height >= other.height ? this : other;
    }
    return List.of(values()).stream()
        .filter(each -> each.height == height + 1)
        .findFirst()
        .orElseThrow();
  }
}
