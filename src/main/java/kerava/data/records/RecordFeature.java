package kerava.data.records;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * One feature of a {@code tf.Example}: what of it is looked at. TensorFlow's own message would hold
 * every value, at many times the size of a record that has very many.
 */
final class RecordFeature {
  /** What the values are, by the names of TensorFlow's message. */
  enum Kind {
    KIND_NOT_SET,
    BYTES_LIST,
    FLOAT_LIST,
    INT64_LIST
  }

  private static final int LENGTH_DELIMITED = 2;
  private static final int ONE_VARINT = 8;
  private static final int MANY = 10;
  private static final int ONE_FLOAT = 13;

  private Kind kind = Kind.KIND_NOT_SET;
  private int count;
  private byte[] bytes = {};
  private long whole;
  private float[] floats = {};

  /** Reads a feature up to the limit of the stream. */
  static RecordFeature read(CodedInputStream in) throws IOException {
    RecordFeature feature = new RecordFeature();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = tag >>> 3;
      boolean list = (tag & 7) == LENGTH_DELIMITED && field >= 1 && field <= 3;
      if (!list) {
        in.skipField(tag);
        continue;
      }
      int limit = in.pushLimit(in.readRawVarint32());
      feature.list(Kind.values()[field], in);
      in.popLimit(limit);
    }
    return feature;
  }

  private void list(Kind listed, CodedInputStream in) throws IOException {
    // The last of several kinds counts.
    if (kind != listed) {
      kind = listed;
      count = 0;
    }
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == MANY && kind == Kind.BYTES_LIST) {
        bytes(tag, in);
      } else if (tag == MANY) {
        int limit = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
          number(in);
        }
        in.popLimit(limit);
      } else if (tag == (kind == Kind.FLOAT_LIST ? ONE_FLOAT : ONE_VARINT)) {
        number(in);
      } else {
        in.skipField(tag);
      }
    }
  }

  private void bytes(int tag, CodedInputStream in) throws IOException {
    if (count++ == 0) {
      bytes = in.readByteArray();
    } else {
      in.skipField(tag);
    }
  }

  private void number(CodedInputStream in) throws IOException {
    if (kind == Kind.INT64_LIST) {
      long value = in.readInt64();
      whole = count++ == 0 ? value : whole;
      return;
    }
    if (count >= floats.length) {
      // Exactly as many as follow, if they stand together.
      int more = Math.max(1, Math.max(count / 2, in.getBytesUntilLimit() / Float.BYTES));
      floats = Arrays.copyOf(floats, Math.addExact(count, more));
    }
    floats[count++] = in.readFloat();
  }

  Kind kind() {
    return kind;
  }

  /** How many values there are, if they are of a kind. */
  int count(Kind wanted) {
    return kind == wanted ? count : 0;
  }

  /** The first of the texts. */
  byte[] bytes() {
    return bytes;
  }

  /** The first of the whole numbers. */
  long whole() {
    return whole;
  }

  float[] floats() {
    return Arrays.copyOf(floats, count(Kind.FLOAT_LIST));
  }
}
