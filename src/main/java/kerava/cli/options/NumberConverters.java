package kerava.cli.options;

import java.math.BigInteger;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads numbers on the command line, and says in words what a number is. */
public final class NumberConverters {
  private NumberConverters() {}

  /** Has a command line read its numbers so. */
  public static void register(CommandLine line) {
    ITypeConverter<Integer> integers =
        value -> (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    ITypeConverter<Long> longs = value -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
    ITypeConverter<Double> doubles = NumberConverters::decimal;
    line.registerConverter(Integer.class, integers)
        .registerConverter(int.class, integers)
        .registerConverter(Long.class, longs)
        .registerConverter(long.class, longs)
        .registerConverter(Double.class, doubles)
        .registerConverter(double.class, doubles);
  }

  private static long whole(String value, long least, long most) {
    try {
      BigInteger number = new BigInteger(value.strip());
      long fitting = number.longValue();
      if (number.bitLength() < Long.SIZE && fitting >= least && fitting <= most) {
        return fitting;
      }
      throw new TypeConversionException(
          "expected a number from " + least + " to " + most + ", got " + number + ".");
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected a whole number, got \"" + value + "\".");
    }
  }

  private static double decimal(String value) {
    try {
      return Double.parseDouble(value.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected a number, got \"" + value + "\".");
    }
  }
}
