package kerava.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of names, one a line. */
final class NameListTest {
  @Test
  void comesBackAsItWas() throws CharacterCodingException {
    List<String> names = List.of("a", " b, \"c\" ", "猫", "\u202ed", "=e", "\\n", "x\uFEFF");
    assertTrue(names.stream().allMatch(NameList::fits));
    assertEquals(names, NameList.read(NameList.write(names)));
    assertEquals(List.of(), NameList.read(NameList.write(List.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a\rb",
        "a\nb",
        "a\r\n",
        "\u2028",
        "a\u2029b",
        "\u0085",
        "\u000b",
        "\u000c",
        "\u001c",
        "\t",
        "\u0000",
        "\u001b[1m",
        "\ud800",
        "\uFEFFa"
      })
  void refusesWhatAReaderCouldTakeForAnother(String name) {
    assertFalse(NameList.fits(name));
  }

  @Test
  void readsWhatOthersWrite() throws CharacterCodingException {
    assertEquals(List.of("a", "b"), NameList.read("\uFEFFa\r\nb\r\n".getBytes(UTF_8)));
    assertEquals(List.of("a", "b"), NameList.read("a\nb".getBytes(UTF_8)));
    assertEquals(List.of("a", "", "b"), NameList.read("a\n\nb\n".getBytes(UTF_8)));
    assertEquals(List.of("a\rb", "c\u2028d"), NameList.read("a\rb\nc\u2028d\n".getBytes(UTF_8)));
    assertThrows(CharacterCodingException.class, () -> NameList.read(new byte[] {'a', (byte) 255}));
  }
}
