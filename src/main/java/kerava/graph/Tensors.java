package kerava.graph;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** Copies numbers between {@link Array arrays} and TensorFlow's tensors, always in bulk. */
public final class Tensors {
  private Tensors() {}

  /**
   * A new tensor of truths out of numbers that are 1 or 0; whoever asks for it closes it.
   *
   * @param array of type UINT8
   */
  public static Tensor truths(Array array) {
    NativeTensorFlow.load();
    Tensor truths = Tensor.of(TBool.class, array.shape());
    truths.asRawTensor().data().write(array.bytes());
    return truths;
  }

  /** A new tensor with an array's numbers; whoever asks for it closes it. */
  public static Tensor of(Array array) {
    NativeTensorFlow.load();
    Shape shape = array.shape();
    return switch (array.type()) {
      case FLOAT32 -> TFloat32.tensorOf(shape, DataBuffers.of(array.floats(), true, false));
      case INT32 -> TInt32.tensorOf(shape, DataBuffers.of(array.ints(), true, false));
      case INT64 -> TInt64.tensorOf(shape, DataBuffers.of(array.longs(), true, false));
      case UINT8 -> TUint8.tensorOf(shape, DataBuffers.of(array.bytes(), true, false));
      case STRING -> TString.tensorOf(NdArrays.wrap(shape, DataBuffers.ofObjects(array.texts())));
    };
  }

  /**
   * A new tensor with the numbers of arrays of one type and shape, one after the other in a further
   * dimension in front; whoever asks for it closes it.
   */
  public static Tensor stacked(List<Array> arrays) {
    NativeTensorFlow.load();
    Array first = arrays.get(0);
    if (first.type() == Array.Type.STRING) {
      String[] texts =
          arrays.stream().flatMap(array -> Arrays.stream(array.texts())).toArray(String[]::new);
      return of(Array.of(texts, first.shape().prepend(arrays.size()).asArray()));
    }
    Tensor all = Tensor.of(type(first.type()), first.shape().prepend(arrays.size()));
    for (int i = 0; i < arrays.size(); i++) {
      write(arrays.get(i), all.asRawTensor().data(), (long) i * first.size());
    }
    return all;
  }

  private static void write(Array array, ByteDataBuffer to, long offset) {
    switch (array.type()) {
      case FLOAT32 -> to.asFloats().offset(offset).write(array.floats());
      case INT32 -> to.asInts().offset(offset).write(array.ints());
      case INT64 -> to.asLongs().offset(offset).write(array.longs());
      case UINT8 -> to.offset(offset).write(array.bytes());
      case STRING -> throw new IllegalArgumentException("Tensors: expected numbers, got " + array);
    }
  }

  /**
   * A copy of a tensor's numbers; truths are UINT8, 1 or 0.
   *
   * @throws IllegalArgumentException if the tensor is of a type that arrays do not have
   */
  public static Array array(Tensor tensor) {
    long[] shape = tensor.shape().asArray();
    int size = Rows.length(tensor.shape());
    if (tensor instanceof TFloat32 floats) {
      float[] values = new float[size];
      floats.asRawTensor().data().asFloats().read(values);
      return Array.of(values, shape);
    }
    if (tensor instanceof TInt64 longs) {
      long[] values = new long[size];
      longs.asRawTensor().data().asLongs().read(values);
      return Array.of(values, shape);
    }
    if (tensor instanceof TInt32 ints) {
      int[] values = new int[size];
      ints.asRawTensor().data().asInts().read(values);
      return Array.of(values, shape);
    }
    if (tensor instanceof TUint8 bytes) {
      byte[] values = new byte[size];
      bytes.asRawTensor().data().read(values);
      return Array.of(values, shape);
    }
    if (tensor instanceof TBool truths) {
      byte[] values = new byte[size];
      truths.asRawTensor().data().read(values);
      return Array.of(values, shape);
    }
    if (tensor instanceof TString texts) {
      String[] values = new String[size];
      int[] next = {0};
      texts.scalars().forEach(text -> values[next[0]++] = text.getObject());
      return Array.of(values, shape);
    }
    throw new IllegalArgumentException(
        "Tensors: expected a tensor of float32, int64, int32, uint8, bool or string, got "
            + tensor.dataType()
            + ".");
  }

  /** The one number of a scalar tensor of type float32. */
  public static float scalar(Tensor tensor) {
    return ((TFloat32) tensor).getFloat();
  }

  /** TensorFlow's type for an array's. */
  public static Class<? extends TType> type(Array.Type type) {
    return switch (type) {
      case FLOAT32 -> TFloat32.class;
      case INT32 -> TInt32.class;
      case INT64 -> TInt64.class;
      case UINT8 -> TUint8.class;
      case STRING -> TString.class;
    };
  }
}
