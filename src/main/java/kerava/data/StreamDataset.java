package kerava.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import kerava.config.Visible;
import kerava.graph.Array;
import kerava.graph.Rows;
import org.tensorflow.ndarray.Shape;

/**
 * Samples that an iterator gives, in its order: from a generator, a database, a queue. It is asked
 * for those of one batch after the other, first for the inputs, then for the labels of the same.
 */
final class StreamDataset implements Dataset {
  private final Supplier<Iterator<Dataset>> source;
  private final int size;
  private Iterator<Dataset> pieces;

  /** What was taken from the iterator and is still to be handed out, and the first of it. */
  private Dataset piece;

  private int used;
  private int place;
  private List<Array> labels = List.of();

  StreamDataset(Supplier<Iterator<Dataset>> source, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "Dataset samples: expected at least 1 an epoch, got " + size + ".");
    }
    this.source = source;
    this.size = size;
    this.pieces = source.get();
    this.piece = taken();
  }

  private Dataset taken() {
    if (!pieces.hasNext()) {
      pieces = source.get();
    }
    if (!pieces.hasNext()) {
      throw new IllegalArgumentException("Dataset: expected samples from the stream, got none.");
    }
    Dataset next = pieces.next();
    if (next.size() == 0) {
      throw new IllegalArgumentException("Dataset: expected samples in a piece, got none.");
    }
    return next;
  }

  private Dataset alike(Dataset next) {
    if (!next.inputColumns().equals(piece.inputColumns())
        || !next.labelColumns().equals(piece.labelColumns())) {
      throw new IllegalArgumentException(
          Visible.of(
              "Dataset: expected pieces of a stream that are all alike, %s to %s, got %s to %s."
                  .formatted(
                      piece.inputColumns(),
                      piece.labelColumns(),
                      next.inputColumns(),
                      next.labelColumns())));
    }
    return next;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean sequential() {
    return true;
  }

  @Override
  public boolean inMemory() {
    return false;
  }

  @Override
  public boolean pixels() {
    return piece.pixels();
  }

  @Override
  public Shape inputShape() {
    return piece.inputShape();
  }

  @Override
  public Array.Type inputType() {
    return piece.inputType();
  }

  @Override
  public synchronized List<Column> inputColumns() {
    return piece.inputColumns();
  }

  @Override
  public synchronized List<Column> labelColumns() {
    return piece.labelColumns();
  }

  @Override
  public List<String> classNames() {
    return piece.classNames();
  }

  @Override
  public synchronized List<Array> inputArrays(int[] indices) {
    for (int index : indices) {
      if (index != place % size) {
        throw new IllegalArgumentException(
            "Dataset: expected the samples of a stream in their order, next number %d, got %d."
                .formatted(place % size, index));
      }
      place = (place + 1) % size;
    }
    List<List<Array>> inputs = new ArrayList<>();
    List<List<Array>> theirs = new ArrayList<>();
    for (int missing = indices.length; missing > 0; ) {
      if (used == piece.size()) {
        piece = alike(taken());
        used = 0;
      }
      int count = Math.min(missing, piece.size() - used);
      int[] rows = IntStream.range(used, used + count).toArray();
      inputs.add(piece.inputArrays(rows));
      theirs.add(piece.labelArrays(rows));
      used += count;
      missing -= count;
    }
    labels = joined(theirs);
    return joined(inputs);
  }

  private static List<Array> joined(List<List<Array>> pieces) {
    return IntStream.range(0, pieces.get(0).size())
        .mapToObj(i -> Rows.joined(pieces.stream().map(arrays -> arrays.get(i)).toList()))
        .toList();
  }

  @Override
  public synchronized List<Array> labelArrays(int[] indices) {
    return labels;
  }

  @Override
  public Array inputs(int[] indices) {
    return inputArrays(indices).get(0);
  }

  @Override
  public Array labels(int[] indices) {
    return labelArrays(indices).get(0);
  }
}
