package kerava.data.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts in files of NumPy's: each as long as the longest, filled up with zeros. */
public final class NpyTexts {
  private NpyTexts() {}

  /**
   * All texts of a file.
   *
   * @throws java.nio.charset.CharacterCodingException if one is none
   */
  public static String[] read(NpyNumbers values) throws IOException {
    NpyType type = values.type();
    String[] texts = new String[values.count()];
    ByteBuffer one = ByteBuffer.allocate(Math.toIntExact(type.bytes())).order(type.order());
    for (int i = 0; i < texts.length; i++) {
      NpyNumbers.readFully(values.in(), one.clear());
      one.flip();
      texts[i] = type.code() == NpyType.Code.U ? characters(one) : bytes(one);
    }
    return texts;
  }

  private static String characters(ByteBuffer from) throws IOException {
    int[] codes = new int[from.remaining() / Integer.BYTES];
    int length = 0;
    for (int i = 0; i < codes.length; i++) {
      codes[i] = from.getInt();
      if (!Character.isValidCodePoint(codes[i]) || (codes[i] >>> 11) == 0x1B) {
        throw new MalformedInputException(Integer.BYTES);
      }
      length = codes[i] == 0 ? length : i + 1;
    }
    return new String(codes, 0, length);
  }

  private static String bytes(ByteBuffer from) throws IOException {
    int length = from.limit();
    while (length > 0 && from.get(length - 1) == 0) {
      length--;
    }
    return StandardCharsets.UTF_8.newDecoder().decode(from.limit(length)).toString();
  }

  /** How many characters the longest has; at least 1. */
  static int longest(String... texts) {
    return Arrays.stream(texts)
        .mapToInt(text -> text.codePointCount(0, text.length()))
        .reduce(1, Math::max);
  }

  /** Writes texts as NumPy's str. */
  public static void write(FileChannel out, String... texts) throws IOException {
    ByteBuffer one =
        ByteBuffer.allocate(Math.multiplyExact(longest(texts), Integer.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (String text : texts) {
      Arrays.fill(one.array(), (byte) 0);
      text.codePoints().forEach(one.clear()::putInt);
      one.clear();
      while (one.hasRemaining()) {
        out.write(one);
      }
    }
  }
}
