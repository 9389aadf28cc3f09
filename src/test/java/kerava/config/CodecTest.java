package kerava.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Single values, written and read. */
final class CodecTest extends ConfigFixture {
  @Test
  void writesAndReadsEveryKindOfValue() {
    bothWays(Codec.bool(), true, "true");
    bothWays(Codec.integer(), -3, "-3");
    bothWays(Codec.positive(), 1, "1");
    bothWays(Codec.number(), 1e-7, "1e-7");
    bothWays(Codec.between(0, 1), 0.0, "0.0");
    bothWays(Codec.atLeastZero(), 2.5, "2.5");
    bothWays(Codec.text(), "größe \"1\"", "'größe \\'1\\''");
    bothWays(Codec.choice(Color.class), Color.DARK_BLUE, "'dark_blue'");
    bothWays(Codec.nullable(Codec.integer()), Optional.of(5), "5");
    bothWays(Codec.nullable(Codec.integer()), Optional.empty(), "null");
    bothWays(Codec.list(Codec.integer()), List.of(1, 2), "[1, 2]");
    bothWays(Codec.list(Codec.integer()), List.of(), "[]");
  }

  @Test
  void numbersStayFloatsInJsonAndWholeNumbersMayBeWrittenAsFloats() {
    assertEquals("1.0", Codec.number().write(1.0).toString());
    assertEquals(1.0, read(Codec.number(), "1"));
    assertEquals(3, read(Codec.integer(), "3.0"));
  }

  @Test
  void refusesOtherValuesWithTheirAddress() {
    refused("$: expected true or false, got 1.", () -> read(Codec.bool(), "1"));
    refused("$: expected a whole number, got 1.5.", () -> read(Codec.integer(), "1.5"));
    refused(
        "$: expected a whole number, got 3000000000.", () -> read(Codec.integer(), "3000000000"));
    refused("$: expected a whole number, got \"1\".", () -> read(Codec.integer(), "'1'"));
    refused("$: expected a whole number of at least 1, got 0.", () -> read(Codec.positive(), "0"));
    refused("$: expected a number, got null.", () -> read(Codec.number(), "null"));
    refused(
        "$: expected a number from 0.0 to 1.0, got 1.5.", () -> read(Codec.between(0, 1), "1.5"));
    refused(
        "$: expected a number of at least 0, got -1.0.", () -> read(Codec.atLeastZero(), "-1.0"));
    refused("$: expected text, got 5.", () -> read(Codec.text(), "5"));
    refused(
        "$: expected one of red, dark_blue, got \"RED\".",
        () -> read(Codec.choice(Color.class), "'RED'"));
    refused(
        "$[1]: expected a whole number, got true.",
        () -> read(Codec.list(Codec.integer()), "[1, true]"));
    refused(
        "$: expected a list, each a whole number, got 1.",
        () -> read(Codec.list(Codec.integer()), "1"));
    refused(
        "$: expected a whole number, got true.",
        () -> read(Codec.nullable(Codec.integer()), "true"));
  }

  @Test
  void shortensWhatItQuotes() {
    String message =
        assertThrows(ConfigException.class, () -> read(Codec.bool(), "'" + "x".repeat(5000) + "'"))
            .getMessage();
    assertTrue(message.length() < 130 && message.endsWith("xxx...."), message);
  }
}
