package kerava.data;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import kerava.graph.Array;
import kerava.images.Preprocessing;

/**
 * A finite set of labelled samples that can be read in any order.
 *
 * <p>Implementations hold their samples in memory ({@link #of}) or read them when asked ({@link
 * ImageFolder}). They are immutable and safe to read from several threads.
 */
public interface Dataset extends Samples {
  /**
   * A data set held in memory.
   *
   * @param inputs shape (samples, ...): UINT8, which are taken for pixels, or floats, other whole
   *     numbers or texts, which the model gets as they are
   * @param labels class numbers, INT32 of shape (samples), or of shape (samples, ...) where each
   *     sample has several, or targets, FLOAT32 of shape (samples, ...)
   * @throws IllegalArgumentException if there are more labels or fewer, or they are of other types
   */
  static Dataset of(Array inputs, Array labels) {
    return new ArrayDataset(inputs, labels, List.of());
  }

  /**
   * A data set held in memory for a model of several inputs or outputs.
   *
   * @param inputs by the names of the model's inputs, each of shape (samples, ...): floats, whole
   *     numbers or texts
   * @param labels by the names of the model's outputs: class numbers, INT32 of shape (samples,
   *     ...), or targets, FLOAT32 of shape (samples, ...)
   * @throws IllegalArgumentException if they do not hold the same number of samples, or labels are
   *     of another type
   */
  static Dataset of(Map<String, Array> inputs, Map<String, Array> labels) {
    return new ColumnDataset(inputs, labels);
  }

  /**
   * A data set of sequences of whole numbers of unequal length, such as texts as words; each batch
   * is padded to its longest, or all to one length.
   *
   * @param labels class numbers or targets, of as many rows
   * @throws IllegalArgumentException if there are not as many labels as sequences
   */
  static Dataset ofSequences(int[][] sequences, Array labels, Sequences padding) {
    return new SequenceDataset(sequences, labels, padding);
  }

  /**
   * Samples as an iterator gives them: from a generator, a database, a queue. It may be endless: an
   * epoch takes its number of samples, and the next one goes on; one that ends begins anew. They
   * are never shuffled.
   *
   * @param source begins an iterator of pieces of any size, all alike
   * @param samplesPerEpoch how many make an epoch: Keras' {@code steps_per_epoch} times the batch
   *     size
   * @throws IllegalArgumentException if the number is below 1 or there is no sample
   */
  static Dataset stream(Supplier<Iterator<Dataset>> source, int samplesPerEpoch) {
    return new StreamDataset(source, samplesPerEpoch);
  }

  /**
   * Reads all inputs at once; a set that is in memory hands over its own array without copying it.
   *
   * @return shape (size, ...)
   */
  default Array inputs() {
    return inputs(IntStream.range(0, size()).toArray());
  }

  /**
   * Reads all labels at once; a set that is in memory hands over its own array without copying it.
   *
   * @return class numbers, INT32, or targets, FLOAT32, of shape (size, ...)
   */
  default Array labels() {
    return labels(IntStream.range(0, size()).toArray());
  }

  /**
   * Whether inputs are pixels from 0 to 255, which go through the model's {@link Preprocessing} on
   * their way to its first layer, within the graph; other inputs go in as they are. The default:
   * bytes are pixels, floats are not.
   */
  default boolean pixels() {
    return inputType() == Array.Type.UINT8;
  }

  /**
   * The file that a sample is read from, if it has one of its own.
   *
   * @throws IllegalArgumentException if the index is not one of this set
   */
  default Optional<Path> file(int index) {
    return Optional.empty();
  }

  /** How the pixels were read from image files, if they were. */
  default Optional<Preprocessing> preprocessing() {
    return Optional.empty();
  }

  /** The names of the classes by class number; empty where they have none. */
  default List<String> classNames() {
    return List.of();
  }

  /**
   * The same samples with further inputs, as a view: images of a folder beside vectors.
   *
   * @param own the name of the input that they have
   * @param more by name, each of shape (size, ...)
   * @throws IllegalArgumentException if there are several inputs already, or an array does not fit
   */
  default Dataset withInputs(String own, Map<String, Array> more) {
    return ExtendedDataset.inputs(this, own, more);
  }

  /**
   * The same samples with further labels, as a view: boxes beside classes.
   *
   * @param own the name of the labels that they have
   * @param more by name, class numbers or targets, each of shape (size, ...)
   * @throws IllegalArgumentException if there are several already, a name comes twice, or an array
   *     has another number of rows
   */
  default Dataset withLabels(String own, Map<String, Array> more) {
    return ExtendedDataset.labels(this, own, more);
  }

  /** The same samples in memory: an epoch of a stream, or files, are read once, now. */
  default Dataset cached() {
    return inMemory() ? this : new CachedDataset(this);
  }

  /**
   * The samples {@code from} (inclusive) to {@code to} (exclusive), as a view.
   *
   * @throws IllegalArgumentException if the range is not within this set
   */
  default Dataset range(int from, int to) {
    return from == 0 && to == size() ? this : new RangeSubset(this, from, to);
  }

  /**
   * The first samples, at most {@code count} of them, as a view.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  default Dataset take(int count) {
    return range(0, Math.min(count, size()));
  }

  /**
   * Some samples, drawn over all classes, as a view: one of each class first, then of each as many
   * as it has a share of.
   *
   * @param count how many; all samples, in a new order, where there are not more
   * @param seed decides which ones
   * @throws IllegalArgumentException if the count is negative
   */
  default Dataset sample(int count, long seed) {
    return only(StratifiedOrder.of(labels(), seed).first(count));
  }

  /**
   * Some samples that show what there is, as a view: the first ones, or, where samples lie class
   * after class, some that are drawn over all classes.
   *
   * @param count how many, or all where there are not as many
   * @param seed decides which ones are drawn
   * @throws IllegalArgumentException if the count is negative
   */
  default Dataset some(int count, long seed) {
    return orderedByClass() ? sample(count, seed) : take(count);
  }

  /**
   * The samples of some indices, in that order, as a view.
   *
   * @throws IllegalArgumentException if an index is not one of this set
   */
  default Dataset only(int... indices) {
    return new IndexedSubset(this, indices);
  }

  /**
   * The same samples with one-hot targets instead of class numbers, as a view: what losses of
   * distributions take, such as {@code CategoricalCrossentropy} with its label smoothing.
   *
   * @throws IllegalArgumentException if the classes have no names and so no count, or labels are
   *     targets already
   */
  default Dataset oneHot() {
    return oneHot(classNames().size());
  }

  /**
   * The same samples with one-hot targets instead of class numbers, as a view.
   *
   * @param classes how many classes there are
   * @throws IllegalArgumentException if a class number is not below it, or labels are targets
   *     already
   */
  default Dataset oneHot(int classes) {
    return OneHotDataset.of(this, classes);
  }

  /**
   * The same samples with other numbers for their classes, as a view.
   *
   * @param numbers the new class number of each class
   * @param names the names of the classes by their new numbers
   */
  default Dataset relabelled(int[] numbers, List<String> names) {
    return new RelabelledDataset(this, numbers, names);
  }

  /**
   * The same samples with the probability of class 1 as targets instead of class numbers, as a
   * view: 0 or 1, FLOAT32 of shape (size, 1), what a model of one output is trained on.
   *
   * @throws IllegalArgumentException if a class number is neither 0 nor 1, or labels are targets
   *     already
   */
  default Dataset binary() {
    return BinaryDataset.of(this);
  }

  /**
   * The same samples, some of them mirrored left to right, as a view.
   *
   * @param which whether the sample of an index is mirrored
   * @throws IllegalArgumentException if samples are not images (height, width, channels)
   */
  default Dataset mirrored(IntPredicate which) {
    return new MirroredDataset(this, which);
  }
}
