package kerava.data;

/** A data set in two parts that share no sample: one to train on, one to test on. */
public interface Split {
  /** The samples to train on. */
  Dataset train();

  /** The samples to test on. */
  Dataset test();

  /** Where the samples came from, in plain words for a person: a part of a sentence. */
  String source();
}
