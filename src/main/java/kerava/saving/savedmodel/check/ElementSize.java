package kerava.saving.savedmodel.check;

import org.tensorflow.proto.DataType;

/** How many bytes one element of a constant takes in memory. */
final class ElementSize {
  /** A text takes at least its header. */
  private static final int TEXT = 24;

  private ElementSize() {}

  /** The bytes; 0 for types that constants of a graph do not have. */
  static int of(DataType type) {
    return switch (type) {
      case DT_COMPLEX128 -> 16;
      case DT_DOUBLE, DT_INT64, DT_UINT64, DT_COMPLEX64 -> Long.BYTES;
      case DT_FLOAT, DT_INT32, DT_UINT32, DT_QINT32 -> Integer.BYTES;
      case DT_HALF, DT_BFLOAT16, DT_INT16, DT_UINT16, DT_QINT16, DT_QUINT16 -> Short.BYTES;
      case DT_INT8, DT_UINT8, DT_BOOL, DT_QINT8, DT_QUINT8, DT_INT4, DT_UINT4 -> 1;
      case DT_FLOAT8_E5M2, DT_FLOAT8_E4M3FN -> 1;
      case DT_STRING -> TEXT;
      default -> 0;
    };
  }
}
