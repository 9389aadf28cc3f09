package kerava.graph;

import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** The type of the values of a tensor, as NumPy and Keras name it. */
public enum DType {
  /** Floating point numbers of 16 bits. */
  FLOAT16("float16", TFloat16.class),
  /** The upper half of a float32. */
  BFLOAT16("bfloat16", TBfloat16.class),
  /** Floating point numbers of 32 bits. */
  FLOAT32("float32", TFloat32.class),
  /** Floating point numbers of 64 bits. */
  FLOAT64("float64", TFloat64.class),
  /** Unsigned bytes. */
  UINT8("uint8", TUint8.class),
  /** Signed bytes; TensorFlow Java has no such type and holds them in 32 bits. */
  INT8("int8", TInt32.class),
  /** Whole numbers of 16 bits; TensorFlow Java has no such type and holds them in 32 bits. */
  INT16("int16", TInt32.class),
  /** Whole numbers of 32 bits. */
  INT32("int32", TInt32.class),
  /** Whole numbers of 64 bits. */
  INT64("int64", TInt64.class),
  /** Truth values. */
  BOOL("bool", TBool.class),
  /** Texts. */
  STRING("string", TString.class);

  private final String keras;
  private final Class<? extends TType> tensorType;

  DType(String keras, Class<? extends TType> tensorType) {
    this.keras = keras;
    this.tensorType = tensorType;
  }

  /** The type that NumPy calls so, if it is one of these. */
  public static Optional<DType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.keras.equals(name)).findFirst();
  }

  /**
   * The type of a TensorFlow type.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static DType of(Class<? extends TType> type) {
    return Arrays.stream(values())
        .filter(each -> each.tensorType.equals(type) && each != INT8 && each != INT16)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "DType: expected a type of numbers, truths or texts, got "
                        + type.getSimpleName()
                        + "."));
  }

  /** TensorFlow's class for tensors of the type. */
  public Class<? extends TType> tensorType() {
    return tensorType;
  }

  /** Whether these are floating point numbers. */
  public boolean floating() {
    return switch (this) {
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> true;
      default -> false;
    };
  }

  /** Whether these are whole numbers. */
  public boolean whole() {
    return !floating() && this != BOOL && this != STRING;
  }

  /** NumPy's name: {@code float32}. */
  @Override
  public String toString() {
    return keras;
  }
}
