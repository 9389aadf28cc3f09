package kerava.layers.preprocessing;

import kerava.config.Codec;
import kerava.config.Key;

/** What a layer makes of the numbers of terms, bins or categories; Keras' {@code output_mode}. */
public enum OutputMode {
  /** The numbers themselves. */
  INT,
  /** For each number a row that is 1 at its place; a last axis of 1 gives way to the row. */
  ONE_HOT,
  /** For each sample a row that is 1 at the place of each number that is in it. */
  MULTI_HOT,
  /** For each sample how often each number is in it. */
  COUNT,
  /** The counts, each times the weight of its term: how few documents it is in. */
  TF_IDF;

  /** The key of layers that know no weights of terms. */
  static final Key<OutputMode> WITHOUT_WEIGHTS =
      Key.of(
          "output_mode",
          Codec.choice(OutputMode.class)
              .where("one of int, one_hot, multi_hot, count", mode -> mode != TF_IDF),
          INT);
}
