package kerava.layers.preprocessing;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.strings.StringNGrams;
import org.tensorflow.op.strings.StringSplit;
import org.tensorflow.op.strings.UnicodeDecode;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * The terms of texts, one text's after another's.
 *
 * @param values the terms of all texts
 * @param splits where those of each text begin, and where the last one's end
 */
record Tokens(Operand<TString> values, Operand<TInt64> splits) {
  /** What Keras takes for punctuation. */
  private static final String PUNCTUATION = "[!\"#$%&()\\*\\+,-\\./:;<=>?@\\[\\\\\\]^_`{|}~\\']";

  /** How texts become terms. */
  record Rules(Optional<Standardize> standardize, Optional<Split> split, List<Integer> ngrams) {}

  /**
   * Adds what makes the terms of texts.
   *
   * @param texts of which each is split, or of which the last axis has the terms of each
   */
  static Tokens of(Ops tf, Operand<TString> texts, Rules rules) {
    Operand<TString> plain = standardized(tf, texts, rules);
    Operand<TString> flat = tf.reshape(plain, tf.constant(new int[] {-1}));
    Tokens tokens =
        rules
            .split()
            .map(split -> split == Split.WHITESPACE ? words(tf, flat) : characters(tf, flat))
            .orElseGet(() -> new Tokens(flat, even(tf, plain)));
    return rules.ngrams().isEmpty() ? tokens : tokens.grouped(tf, rules.ngrams());
  }

  private static Operand<TString> standardized(Ops tf, Operand<TString> texts, Rules rules) {
    if (rules.standardize().isEmpty()) {
      return texts;
    }
    Standardize how = rules.standardize().get();
    Operand<TString> lower = how.lower() ? tf.strings.lower(texts) : texts;
    return how.strip() ? tf.strings.staticRegexReplace(lower, PUNCTUATION, "") : lower;
  }

  private static Tokens words(Ops tf, Operand<TString> texts) {
    StringSplit split = tf.strings.stringSplit(texts, tf.constant(""));
    Operand<TInt64> rows =
        tf.squeeze(
            tf.slice(
                split.indices(), tf.constant(new long[] {0, 0}), tf.constant(new long[] {-1, 1})),
            Squeeze.axis(List.of(1L)));
    Operand<TInt64> starts = tf.range(tf.constant(0L), size(tf, texts), tf.constant(1L));
    return new Tokens(
        split.values(),
        ended(tf, tf.lowerBound(row(tf, rows), row(tf, starts), TInt64.class), rows));
  }

  private static Operand<TInt64> row(Ops tf, Operand<TInt64> numbers) {
    return tf.expandDims(numbers, tf.constant(0));
  }

  /** The beginnings of texts in a row, and the number of all terms behind them. */
  private static Operand<TInt64> ended(Ops tf, Operand<TInt64> starts, Operand<TInt64> terms) {
    Operand<TInt64> flat = tf.reshape(starts, tf.constant(new int[] {-1}));
    return tf.concat(
        List.of(flat, tf.reshape(size(tf, terms), tf.constant(new int[] {1}))), tf.constant(0));
  }

  private static Operand<TInt64> size(Ops tf, Operand<?> values) {
    return tf.dtypes.cast(tf.size(values), TInt64.class);
  }

  private static Tokens characters(Ops tf, Operand<TString> texts) {
    UnicodeDecode<TInt64> codes = tf.strings.unicodeDecode(texts, "UTF-8", TInt64.class);
    Operand<TInt64> each =
        tf.range(
            tf.constant(0L),
            tf.math.add(size(tf, codes.charValues()), tf.constant(1L)),
            tf.constant(1L));
    return new Tokens(
        tf.strings.unicodeEncode(codes.charValues(), each, "UTF-8"), codes.rowSplits());
  }

  /** Beginnings as far apart as the last axis is long. */
  private static Operand<TInt64> even(Ops tf, Operand<TString> texts) {
    int rank = texts.shape().numDimensions();
    Operand<TInt64> sizes = tf.shape(texts, TInt64.class);
    Operand<TInt64> width =
        tf.reshape(
            tf.slice(sizes, tf.constant(new int[] {rank - 1}), tf.constant(new int[] {1})),
            tf.constant(new int[0]));
    Operand<TInt64> end = tf.math.add(size(tf, texts), tf.constant(1L));
    return tf.range(tf.constant(0L), end, width);
  }

  private Tokens grouped(Ops tf, List<Integer> widths) {
    StringNGrams<TInt64> grouped =
        tf.strings.stringNGrams(
            values,
            splits,
            " ",
            widths.stream().map(Integer::longValue).toList(),
            "",
            "",
            0L,
            false);
    return new Tokens(grouped.ngrams(), grouped.ngramsSplits());
  }

  /**
   * How many terms a text of so many has with groups of these widths; -1 where that is not known.
   */
  static long count(long terms, List<Integer> widths) {
    return terms < 0 || widths.isEmpty()
        ? terms
        : widths.stream().mapToLong(width -> Math.max(0, terms - width + 1)).sum();
  }

  /**
   * Adds numbers of the terms as a table with a row a text, which ends in zeros.
   *
   * @param numbers one a term
   * @param width of the table; -1 for that of the longest text
   */
  Operand<TInt64> table(Ops tf, Operand<TInt64> numbers, long width) {
    return tf.ragged.raggedTensorToTensor(
        tf.constant(new long[] {-1, width}),
        numbers,
        tf.constant(0L),
        List.of(splits),
        List.of("ROW_SPLITS"));
  }

  /** Widths from 1 up to one. */
  static List<Integer> upTo(int width) {
    return IntStream.rangeClosed(1, width).boxed().toList();
  }
}
