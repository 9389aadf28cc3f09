package kerava.data.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kerava.config.Listed;
import kerava.files.DatasetException;
import kerava.graph.Array;

/** What precedes the numbers in NumPy's files: their type, shape and order. */
public final class NpyHeader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's own headers have 118 bytes; it refuses those of more than 10,000 as well. */
  private static final int MAX_LENGTH = 10_000;

  /** NumPy starts the numbers at a multiple of this. */
  private static final int ALIGNMENT = 64;

  private static final Pattern TYPE =
      Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)['\"]");
  private static final Pattern ORDER =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)\\b");
  private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^()]*)\\)");
  // Python 2 writes an L after some numbers.
  private static final Pattern DIMENSIONS = Pattern.compile("(\\d{1,18}L?\\s*(,\\s*|$)){0,64}");

  /** How much of what stands in a file is repeated in a refusal. */
  private static final int QUOTED = 60;

  private final NpyType type;
  private final boolean byColumns;
  private final long[] shape;

  private NpyHeader(NpyType type, boolean byColumns, long[] shape) {
    this.type = type;
    this.byColumns = byColumns;
    this.shape = shape;
  }

  /** The header that an array is written with. */
  public static NpyHeader of(Array array) {
    return new NpyHeader(NpyType.of(array), false, array.shape().asArray());
  }

  /** What the numbers are. */
  public NpyType type() {
    return type;
  }

  /** Whether numbers stand in Fortran's order, the first index running fastest. */
  public boolean byColumns() {
    return byColumns;
  }

  /** The shape of the array. */
  public long[] shape() {
    return shape.clone();
  }

  /** Reads the header and leaves the channel at the first number. */
  public static NpyHeader read(FileChannel in, Path file) throws IOException {
    String text = text(in, file);
    boolean byColumns = found(ORDER, text, "'fortran_order': True or False", file).equals("True");
    String name = found(TYPE, text, "one number type, 'descr'", file);
    String numbers = found(SHAPE, text, "a tuple of numbers, 'shape'", file).strip();
    if (!DIMENSIONS.matcher(numbers).matches()) {
      throw new DatasetException(
          file,
          "expected up to 64 whole numbers as its shape, got (%s)."
              .formatted(Listed.cut(numbers, QUOTED)));
    }
    long[] shape =
        Pattern.compile("\\d+")
            .matcher(numbers)
            .results()
            .mapToLong(number -> Long.parseLong(number.group()))
            .toArray();
    return new NpyHeader(type(name, file), byColumns, shape);
  }

  private static String text(FileChannel in, Path file) throws IOException {
    ByteBuffer start = take(in, MAGIC.length + 2);
    byte[] magic = new byte[MAGIC.length];
    start.get(magic);
    int version = start.get();
    if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
      throw new DatasetException(
          file, "expected NumPy's format, version 1 to 3, got something else. Is it an .npy file?");
    }
    long length =
        version == 1 ? take(in, 2).getShort() & 0xffff : take(in, 4).getInt() & 0xffffffffL;
    if (length > MAX_LENGTH) {
      throw new DatasetException(
          file, "expected a header of at most %d bytes, got %d.".formatted(MAX_LENGTH, length));
    }
    // Version 3 is in UTF-8, but what is looked for is ASCII in either.
    return StandardCharsets.ISO_8859_1.decode(take(in, (int) length)).toString();
  }

  private static ByteBuffer take(FileChannel in, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    NpyNumbers.readFully(in, bytes);
    return bytes.flip();
  }

  private static String found(Pattern pattern, String text, String what, Path file)
      throws DatasetException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new DatasetException(
          file, "expected %s in the header, got %s.".formatted(what, Listed.cut(text, QUOTED)));
    }
    return matcher.group(1);
  }

  private static NpyType type(String name, Path file) throws DatasetException {
    return NpyType.of(name)
        .orElseThrow(
            () ->
                new DatasetException(
                    file,
                    "expected truths, whole numbers of 8 to 64 bits, floats of 16 to 64 bits or texts, got"
                        + " the type %s. Convert them with numpy's astype first."
                            .formatted(Listed.cut(name, QUOTED))));
  }

  /**
   * How many numbers follow.
   *
   * @param bytes how many bytes follow in truth; nothing is allocated for a header that promises
   *     another number
   */
  public int count(long bytes, Path file) throws DatasetException {
    long count = 1;
    try {
      for (long dimension : shape) {
        count = Math.multiplyExact(count, dimension);
      }
      if (Math.multiplyExact(count, type.bytes()) == bytes) {
        return Math.toIntExact(count);
      }
    } catch (ArithmeticException e) {
      throw new DatasetException(
          file,
          "expected at most %d numbers, got the shape %s."
              .formatted(Integer.MAX_VALUE, Listed.cut(Arrays.toString(shape), QUOTED)),
          e);
    }
    throw new DatasetException(
        file,
        "expected %d numbers of %d bytes for the shape %s, got %d bytes. Is it complete?"
            .formatted(count, type.bytes(), Listed.cut(Arrays.toString(shape), QUOTED), bytes));
  }

  /**
   * The whole header as version 1.0 of the format has it, padded so that the numbers are aligned.
   */
  public byte[] bytes() {
    String numbers =
        Arrays.stream(shape).mapToObj(number -> number + ",").collect(Collectors.joining(" "));
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(
                type.name(),
                shape.length > 1 ? numbers.substring(0, numbers.length() - 1) : numbers);
    int start = MAGIC.length + 4;
    int size = (start + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (size - start));
    bytes.put(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.remaining() > 1) {
      bytes.put((byte) ' ');
    }
    return bytes.put((byte) '\n').array();
  }
}
