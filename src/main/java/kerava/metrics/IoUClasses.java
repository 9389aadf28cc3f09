package kerava.metrics;

import java.util.List;
import java.util.Optional;
import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;

/**
 * What the metrics of intersection over union of any classes take.
 *
 * @param <M> the class of the metric
 */
interface IoUClasses<M extends Metric> extends IoUMetric<M> {
  /** The key of how many classes there are. */
  Key<Integer> NUM_CLASSES = Key.required("num_classes", Codec.positive());

  /** The key of the classes whose mean is meant, where it is not that of all. */
  Key<List<Integer>> TARGET_CLASS_IDS =
      Key.required(
          "target_class_ids",
          Codec.list(Codec.integer())
              .where(
                  "class numbers of at least 0",
                  ids -> !ids.isEmpty() && ids.stream().allMatch(id -> id >= 0)));

  /** The key of a class whose labels are left out. */
  Key<Optional<Integer>> IGNORE_CLASS = Key.optional("ignore_class", Codec.integer());

  /** The key of the axis of classes. */
  Key<Integer> AXIS = Key.only("axis", Codec.integer(), -1);

  /** The same that leaves out labels of a class, which may be none of the classes. */
  default M ignoreClass(int number) {
    return schema().create(config().with(IGNORE_CLASS, Optional.of(number)));
  }

  @Override
  default int numClasses() {
    return config().get(NUM_CLASSES);
  }

  @Override
  default Optional<Integer> ignored() {
    return config().get(IGNORE_CLASS);
  }

  /**
   * Takes classes that there are.
   *
   * @throws IllegalArgumentException if one is none of them
   */
  static void require(String className, Config config) {
    for (int id : config.get(TARGET_CLASS_IDS)) {
      if (id >= config.get(NUM_CLASSES)) {
        throw new IllegalArgumentException(
            className
                + " target_class_ids: expected class numbers below "
                + config.get(NUM_CLASSES)
                + ", got "
                + id
                + ".");
      }
    }
  }
}
