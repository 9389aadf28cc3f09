package kerava.layers.preprocessing;

import java.util.List;
import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Source;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * TensorFlow's hashes of texts: the same on every machine.
 *
 * @param salt two numbers for SipHash; FarmHash without them
 */
record Hash(Optional<List<Long>> salt) {
  private static final String EXPECTED = "one whole number, or two";

  /** The key of the salt, which may be one number for both. */
  static final Key<Optional<List<Long>>> SALT =
      Key.optional("salt", Codec.of(EXPECTED, Codec.list(Terms.number())::write, Hash::read));

  private static List<Long> read(Source source) {
    if (!source.node().isArray()) {
      long number = Terms.number().read(source);
      return List.of(number, number);
    }
    if (source.node().size() != 2) {
      throw source.refuse(EXPECTED);
    }
    return Codec.list(Terms.number()).read(source);
  }

  /**
   * Adds the bins of values.
   *
   * @param values texts or whole numbers, which are hashed by their digits
   * @param bins how many there are
   */
  Operand<TInt64> bins(Ops tf, Operand<? extends TType> values, long bins) {
    Operand<TString> texts =
        values.type().equals(TString.class)
            ? values.asOutput().expect(TString.class)
            : tf.dtypes.asString(values);
    return salt.<Operand<TInt64>>map(key -> tf.strings.toHashBucketStrong(texts, bins, key))
        .orElseGet(() -> tf.strings.toHashBucketFast(texts, bins));
  }
}
