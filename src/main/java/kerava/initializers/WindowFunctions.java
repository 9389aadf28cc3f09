package kerava.initializers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import kerava.config.Nearest;
import kerava.config.Visible;

/** The windows that SciPy knows by a name alone. */
final class WindowFunctions {
  /** A window by its number of samples; symmetric, and of at least two. */
  private static final Map<String, IntFunction<double[]>> ALL = new TreeMap<>();

  static {
    cosines(List.of("boxcar", "box", "ones", "rect", "rectangular"), 1);
    cosines(List.of("hann", "han"), 0.5, 0.5);
    cosines(List.of("hamming", "hamm", "ham"), 0.54, 0.46);
    cosines(List.of("blackman", "black", "blk"), 0.42, 0.5, 0.08);
    cosines(List.of("nuttall", "nutl", "nut"), 0.3635819, 0.4891775, 0.1365995, 0.0106411);
    cosines(List.of("blackmanharris", "blackharr", "bkh"), 0.35875, 0.48829, 0.14128, 0.01168);
    cosines(
        List.of("flattop", "flat", "flt"),
        0.21557895,
        0.41663158,
        0.277263158,
        0.083578947,
        0.006947368);
    add(List.of("bartlett", "bart", "brt"), WindowFunctions::bartlett);
    add(List.of("barthann", "brthan", "bth"), WindowFunctions::barthann);
    add(List.of("bohman", "bman", "bmn"), WindowFunctions::bohman);
    add(
        List.of("cosine", "halfcosine"),
        size -> each(size, i -> Math.sin(Math.PI / size * (i + 0.5))));
    add(
        List.of("exponential", "poisson"),
        size -> each(size, i -> Math.exp(-Math.abs(i - (size - 1) / 2.0))));
    add(List.of("lanczos", "sinc"), size -> each(size, i -> sinc(2.0 * i / (size - 1) - 1)));
    add(List.of("parzen", "parz", "par"), WindowFunctions::parzen);
    add(List.of("taylor", "taylorwin"), WindowFunctions::taylor);
    add(List.of("triang", "triangle", "tri"), WindowFunctions::triang);
    add(List.of("tukey", "tuk"), WindowFunctions::tukey);
  }

  private WindowFunctions() {}

  private static void add(List<String> names, IntFunction<double[]> window) {
    names.forEach(name -> ALL.put(name, window));
  }

  private static void cosines(List<String> names, double... weights) {
    add(names, size -> each(size, i -> cosines(size, i, weights)));
  }

  private static double cosines(int size, int i, double... weights) {
    double angle = Math.PI * (2.0 * i / (size - 1) - 1);
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * Math.cos(k * angle);
    }
    return sum;
  }

  /**
   * The numbers of a window.
   *
   * @param name SciPy's
   * @param length how many
   * @param periodic whether they are one period of a periodic function
   * @throws IllegalArgumentException if no window has the name
   */
  static double[] of(String name, int length, boolean periodic) {
    IntFunction<double[]> window = ALL.get(name);
    if (window == null) {
      throw new IllegalArgumentException(
          Visible.of(
              "Window: expected " + Nearest.oneOf(name, ALL.keySet()) + ", got \"" + name + "\"."));
    }
    if (length <= 1) {
      return each(length, i -> 1);
    }
    return Arrays.copyOf(window.apply(periodic ? length + 1 : length), length);
  }

  private static double[] each(int size, IntToDoubleFunction value) {
    double[] values = new double[size];
    Arrays.setAll(values, value);
    return values;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double[] bartlett(int size) {
    return each(size, i -> 1 - Math.abs(2.0 * i / (size - 1) - 1));
  }

  private static double[] barthann(int size) {
    return each(
        size,
        i -> {
          double distance = Math.abs((double) i / (size - 1) - 0.5);
          return 0.62 - 0.48 * distance + 0.38 * Math.cos(2 * Math.PI * distance);
        });
  }

  private static double[] bohman(int size) {
    return each(
        size,
        i -> {
          double distance = Math.abs(2.0 * i / (size - 1) - 1);
          return i == 0 || i == size - 1
              ? 0
              : (1 - distance) * Math.cos(Math.PI * distance)
                  + Math.sin(Math.PI * distance) / Math.PI;
        });
  }

  private static double[] parzen(int size) {
    return each(
        size,
        i -> {
          double place = Math.abs(i - (size - 1) / 2.0);
          double distance = place / (size / 2.0);
          return place <= (size - 1) / 4.0
              ? 1 - 6 * Math.pow(distance, 2) + 6 * Math.pow(distance, 3)
              : 2 * Math.pow(1 - distance, 3);
        });
  }

  private static double[] triang(int size) {
    double whole = size % 2 == 0 ? size : size + 1;
    return each(size, i -> 1 - Math.abs(2 * i - (size - 1)) / whole);
  }

  /** The outer half is that of a cosine. */
  private static double[] tukey(int size) {
    double share = 0.5;
    int width = (int) Math.floor(share * (size - 1) / 2);
    return each(
        size,
        i -> {
          int edge = Math.min(i, size - 1 - i);
          return edge > width
              ? 1
              : 0.5 * (1 + Math.cos(Math.PI * (2 * edge / share / (size - 1) - 1)));
        });
  }

  /** With four nearly equal side lobes, 30 decibels below the main one. */
  private static double[] taylor(int size) {
    int bars = 4;
    double a = acosh(Math.pow(10, 30 / 20.0)) / Math.PI;
    double width = bars * bars / (a * a + (bars - 0.5) * (bars - 0.5));
    double[] factors = new double[bars];
    for (int m = 1; m < bars; m++) {
      double over = m % 2 == 0 ? -1 : 1;
      double under = 2;
      for (int k = 1; k < bars; k++) {
        over *= 1 - m * m / width / (a * a + (k - 0.5) * (k - 0.5));
        under *= k == m ? 1 : 1 - (double) (m * m) / (k * k);
      }
      factors[m] = over / under;
    }
    double middle = taylor(factors, size, (size - 1) / 2.0);
    return each(size, i -> taylor(factors, size, i) / middle);
  }

  private static double taylor(double[] factors, int size, double place) {
    double sum = 1;
    for (int m = 1; m < factors.length; m++) {
      sum += 2 * factors[m] * Math.cos(2 * Math.PI * m * (place - size / 2.0 + 0.5) / size);
    }
    return sum;
  }

  private static double acosh(double x) {
    return Math.log(x + Math.sqrt(x * x - 1));
  }
}
