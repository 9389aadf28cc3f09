package kerava.saving.savedmodel.check;

import java.util.ArrayList;
import java.util.List;
import kerava.config.Listed;
import org.tensorflow.proto.DataType;

/**
 * The types of some tensors, in order.
 *
 * @param known whether they are; those of a function may follow from how it is called
 * @param list the types; {@link #ANY} for one that follows from how a function is called
 */
record TensorTypes(boolean known, List<DataType> list) {
  static final TensorTypes NONE = new TensorTypes(true, List.of());
  static final TensorTypes OPEN = new TensorTypes(false, List.of());
  static final DataType ANY = DataType.DT_INVALID;

  /** Variables of TensorFlow 1 are of types of their own, with numbers above those of values. */
  private static final int REFERENCE = 100;

  static TensorTypes of(List<DataType> list) {
    return new TensorTypes(true, List.copyOf(list));
  }

  TensorTypes and(TensorTypes more) {
    if (!known || !more.known) {
      return OPEN;
    }
    if (more.list.isEmpty()) {
      return this;
    }
    List<DataType> both = new ArrayList<>(list);
    both.addAll(more.list);
    return new TensorTypes(true, List.copyOf(both));
  }

  int size() {
    return list.size();
  }

  /** Some of the types; what is not there is not known. */
  TensorTypes at(int index) {
    return known ? of(List.of(list.get(index))) : OPEN;
  }

  /** Whether tensors of these types can go where others are wanted. */
  boolean fit(TensorTypes wanted) {
    if (!known || !wanted.known) {
      return true;
    }
    if (list.size() != wanted.list.size()) {
      return false;
    }
    for (int i = 0; i < list.size(); i++) {
      if (!fits(list.get(i), wanted.list.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(DataType type, DataType wanted) {
    return type == ANY || wanted == ANY || type == wanted || value(type) == wanted;
  }

  /** A variable can go where its value is wanted. */
  private static DataType value(DataType type) {
    if (type == DataType.UNRECOGNIZED || type.getNumber() <= REFERENCE) {
      return type;
    }
    DataType value = DataType.forNumber(type.getNumber() - REFERENCE);
    return value == null ? type : value;
  }

  /** In words: {@code [DT_FLOAT, DT_INT32]}. */
  @Override
  public String toString() {
    return !known
        ? "[any]"
        : list.isEmpty()
            ? "[]"
            : "[" + Listed.of(list.stream().map(DataType::toString).toList()) + "]";
  }
}
