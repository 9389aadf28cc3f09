package kerava.saving.weights;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.Optimizer;
import kerava.OptimizerShare;
import kerava.Slot;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.saving.hdf5.NamedArrays;

/**
 * The slots of an optimizer in a file.
 *
 * @param file where they stand
 * @param optimizer whose they are
 * @param within whether some are left out, as Keras forgets some of an optimizer within one that
 *     scales the loss
 */
record SlotArrays(NamedArrays file, Optimizer optimizer, boolean within) {
  /** How many slots the file has. */
  int count(List<OptimizerShare> shares) {
    return shares.stream()
        .mapToInt(share -> (int) share.slots().stream().filter(this::isStored).count())
        .sum();
  }

  /**
   * The same, or without what nothing uses, by how many variables a single optimizer has in the
   * file: Keras 2 never writes it.
   */
  SlotArrays fitting(List<String> datasets, List<OptimizerShare> shares) {
    SlotArrays fewer = new SlotArrays(file, optimizer, true);
    boolean unused =
        shares.stream()
            .flatMap(share -> share.slots().stream())
            .allMatch(slot -> !slot.isAlone() || slot.isWhole());
    return unused && !fits(datasets, shares) && fewer.fits(datasets, shares) ? fewer : this;
  }

  /** Behind the iteration and the learning rate, if there is one: Keras 2 does not write it. */
  private boolean fits(List<String> datasets, List<OptimizerShare> shares) {
    boolean named = datasets.size() > 1 && datasets.get(1).contains("learning_rate");
    int rates = optimizer.learningRate().schedule().isPresent() ? 0 : 1;
    int others = datasets.size() - 1 - count(shares);
    return others == rates || (others == 0 && !named);
  }

  private boolean isStored(Slot slot) {
    return !within || !slot.isAlone();
  }

  /**
   * Reads the slots of a share.
   *
   * @param datasets where they stand; those that are read are taken
   * @param iterations how many steps were done
   */
  Map<String, Array> read(OptimizerShare share, Iterator<String> datasets, long iterations)
      throws ModelFormatException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (Slot slot : share.slots()) {
      arrays.put(
          slot.path(optimizer),
          isStored(slot) ? value(datasets.next(), slot) : Array.of(new float[] {slot.initial()}));
    }
    return arrays;
  }

  private Array value(String dataset, Slot slot) throws ModelFormatException {
    return slot.isWhole()
        ? Array.of(new float[] {file.integer(dataset)})
        : file.floats(dataset, slot.shape());
  }
}
