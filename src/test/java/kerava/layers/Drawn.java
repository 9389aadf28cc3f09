package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Whether numbers that were drawn are such as a distribution gives. */
final class Drawn {
  /** Kolmogorov's statistic times the root of the count, which 1 in 1000 draws exceeds. */
  private static final double KOLMOGOROV = 1.95;

  /** Deviations that 1 in 15000 draws exceeds. */
  private static final double DEVIATIONS = 4;

  private Drawn() {}

  static void requireUniform(double[] numbers, double low, double high, String where) {
    for (double number : numbers) {
      assertTrue(number >= low - 1e-6 && number <= high + 1e-6, where + " drew " + number);
    }
    if (high > low) {
      requireMoments(numbers, (low + high) / 2, (high - low) / Math.sqrt(12), 1.8, where);
      requireDistribution(numbers, x -> (x - low) / (high - low), where);
    }
  }

  static void requireNormal(double[] numbers, String where) {
    requireMoments(numbers, 0, 1, 3, where);
    assertEquals(0.6827, share(numbers, 1), 0.01, where);
    assertEquals(0.9545, share(numbers, 2), 0.005, where);
  }

  private static double share(double[] numbers, double bound) {
    return (double) Arrays.stream(numbers).filter(x -> Math.abs(x) < bound).count()
        / numbers.length;
  }

  /** The mean and the variance, by how far those of so many numbers may lie off. */
  static void requireMoments(
      double[] numbers, double mean, double deviation, double kurtosis, String where) {
    double root = Math.sqrt(numbers.length);
    double got = Arrays.stream(numbers).average().orElseThrow();
    assertEquals(mean, got, DEVIATIONS * deviation / root, where + " mean");
    double variance =
        Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    double wanted = deviation * deviation;
    double bound = DEVIATIONS * wanted * Math.sqrt(kurtosis - 1) / root;
    assertEquals(wanted, variance, bound, where + " variance");
  }

  private static void requireDistribution(
      double[] numbers, DoubleUnaryOperator below, String where) {
    double[] sorted = Arrays.stream(numbers).sorted().toArray();
    double most = 0;
    for (int i = 0; i < sorted.length; i++) {
      double wanted = below.applyAsDouble(sorted[i]);
      most = Math.max(most, Math.abs(wanted - (i + 0.5) / sorted.length));
    }
    assertTrue(most * Math.sqrt(sorted.length) < KOLMOGOROV, where + " lies off by " + most);
  }

  static void requireEqualChances(double[] numbers, int low, int high, String where) {
    double chance = 1.0 / (high - low);
    double bound = DEVIATIONS * Math.sqrt(numbers.length * chance * (1 - chance));
    int all = 0;
    for (int i = low; i < high; i++) {
      int value = i;
      int count = (int) Arrays.stream(numbers).filter(number -> number == value).count();
      assertEquals(numbers.length * chance, count, bound, where + " is " + i);
      all += count;
    }
    assertEquals(numbers.length, all, where + " is another number");
  }

  private static double mean(double[] numbers) {
    return Arrays.stream(numbers).average().orElseThrow();
  }

  static double spread(double[] numbers) {
    return relationOf(numbers, numbers);
  }

  static double relation(double[] first, double[] second) {
    return relationOf(first, second) / Math.sqrt(spread(first) * spread(second));
  }

  private static double relationOf(double[] first, double[] second) {
    double one = mean(first);
    double other = mean(second);
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += (first[i] - one) * (second[i] - other);
    }
    return sum / first.length;
  }
}
