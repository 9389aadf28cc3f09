package kerava.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Characters that act instead of being seen. */
final class VisibleTest {
  private static final Pattern ACTING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  @ParameterizedTest
  @CsvSource({
    "1b,\\u001b",
    "0,\\u0000",
    "d,\\u000d",
    "a,\\u000a",
    "9,\\u0009",
    "7f,\\u007f",
    "85,\\u0085",
    "9b,\\u009b",
    "2028,\\u2028",
    "2029,\\u2029",
    "202e,\\u202e",
    "2066,\\u2066",
    "200f,\\u200f",
    "61c,\\u061c",
    "200b,\\u200b",
    "feff,\\ufeff",
    "ad,\\u00ad",
    "3164,\\u3164",
    "fe0f,\\ufe0f",
    "d800,\\ud800",
    "dc00,\\udc00",
    "e0041,\\udb40\\udc41",
    "ffff,\\uffff"
  })
  void writesWhatCannotBeSeen(String code, String written) {
    String one = Character.toString(Integer.parseInt(code, 16));
    assertEquals("a" + written + "b", Visible.of("a" + one + "b"));
    assertFalse(Visible.is(one));
  }

  @Test
  void leavesAllElse() {
    for (String text :
        List.of("", "plain", "café ☕ 猫 кот שלום قطة ไทย हिन्दी", "😀 C:\\u", "ﬁ a b")) {
      assertSame(text, Visible.of(text));
    }
  }

  @Test
  void nothingThatUnicodeCallsControlOrFormatPasses() {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .forEach(
            c -> {
              String shown = Visible.of(Character.toString(c));
              assertFalse(ACTING.matcher(shown).find(), () -> Integer.toHexString(c));
              boolean escaped = shown.startsWith("\\u");
              assertTrue(escaped || shown.equals(Character.toString(c)));
            });
  }

  @Test
  void keepsLinesWhereThereAreSeveral() {
    assertEquals("a\n\tb\\u000d\\u001b", Visible.lines("a\n\tb\r\u001b"));
  }

  @Test
  void jsonMeansTheSame() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    String text = "\u001b\u202e\u2028\ud83d\ude00\udb40\udc41\ud800 \u0085\"\\";
    String document = Visible.json(mapper.writeValueAsString(List.of(text)));
    assertFalse(ACTING.matcher(document).find(), document);
    assertEquals(text, mapper.readTree(document).get(0).textValue());
  }

  @Test
  void namesInAListAreKeptApart() {
    assertEquals("a b, \"c, d\", \" e\", \"\"", Listed.all(List.of("a b", "c, d", " e", "")));
  }

  @Test
  void listsCutNoLetterInTwo() {
    assertEquals("aaa...", Listed.cut("aaa\ud83d\ude00", 4));
    assertEquals("a\\u001bb", Listed.cut("a\u001bb", 30));
  }
}
