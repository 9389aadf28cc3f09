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
 * @param within whether it stands within one that scales the loss, where Keras forgets some
 */
record SlotArrays(NamedArrays file, Optimizer optimizer, boolean within) {
  /** How many slots the file has. */
  int count(List<OptimizerShare> shares) {
    return shares.stream()
        .mapToInt(share -> (int) share.slots().stream().filter(this::isStored).count())
        .sum();
  }

  private boolean isStored(Slot slot) {
    return !within || !slot.isAlone();
  }

  /**
   * Reads the slots of a share.
   *
   * @param datasets where they stand; those that are read are taken
   */
  Map<String, Array> read(OptimizerShare share, Iterator<String> datasets)
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
