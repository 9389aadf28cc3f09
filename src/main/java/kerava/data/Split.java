package kerava.data;

import java.util.List;

/** A data set in two parts that share no sample: one to train on, one to test on. */
public interface Split {
  /** The samples to train on. */
  Dataset train();

  /** The samples to test on. */
  Dataset test();

  /**
   * The samples to evaluate on while training; by default those to test on, where none are kept for
   * it.
   */
  default Dataset validation() {
    return test();
  }

  /** Sentences for people about how the samples were found; none by default. */
  default List<String> notes() {
    return List.of();
  }

  /** Where the samples came from, in plain words for a person: a part of a sentence. */
  String source();
}
