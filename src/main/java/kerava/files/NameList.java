package kerava.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of names, one a line, as TensorFlow's tools and Python read such files. A name that a
 * reader could take for two, or for another one, does not go into it.
 */
public final class NameList {
  /** What Python's splitlines takes for the end of a line and Java does not call a control. */
  private static final String BREAKS = "\u2028\u2029";

  private static final String MARK = "\uFEFF";

  private NameList() {}

  /** Whether a name comes back as it is: not empty, on one line and sound Unicode. */
  public static boolean fits(String name) {
    return !name.isEmpty()
        && !name.startsWith(MARK)
        && name.codePoints().noneMatch(NameList::breaks);
  }

  private static boolean breaks(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.SURROGATE
        || BREAKS.indexOf(c) >= 0;
  }

  /** The bytes of a file. */
  public static byte[] write(List<String> names) {
    return names.stream()
        .map(name -> name + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The names in the bytes of a file, also of one from Windows, whose lines end in {@code \r\n} and
   * which may begin with a byte order mark.
   *
   * @throws CharacterCodingException if they are no UTF-8
   */
  public static List<String> read(byte[] file) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    String lines = text.startsWith(MARK) ? text.substring(1) : text;
    if (lines.isEmpty()) {
      return List.of();
    }
    String whole = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    return Stream.of(whole.split("\n", -1))
        .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
        .toList();
  }
}
