package kerava.data;

import java.util.Arrays;
import java.util.List;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/** Sequences of whole numbers, of which a batch is padded to its longest. */
final class SequenceDataset implements Dataset {
  private final int[][] sequences;
  private final Array labels;
  private final Sequences how;

  SequenceDataset(int[][] sequences, Array labels, Sequences how) {
    if (sequences.length != labels.shape().get(0)) {
      throw new IllegalArgumentException(
          "Dataset: expected as many labels as sequences, got %d and %d."
              .formatted(labels.shape().get(0), sequences.length));
    }
    this.sequences = Arrays.stream(sequences).map(int[]::clone).toArray(int[][]::new);
    this.labels = labels;
    this.how = how;
  }

  @Override
  public int size() {
    return sequences.length;
  }

  @Override
  public Shape inputShape() {
    return Shape.of(how.length() > 0 ? how.length() : Shape.UNKNOWN_SIZE);
  }

  @Override
  public Array.Type inputType() {
    return Array.Type.INT32;
  }

  @Override
  public Array inputs(int[] indices) {
    ArrayDataset.checkIndices(indices, size());
    return how.array(Arrays.stream(indices).mapToObj(i -> sequences[i]).toArray(int[][]::new));
  }

  @Override
  public Array labels(int[] indices) {
    return ArrayDataset.rows(labels, indices);
  }

  @Override
  public List<Column> labelColumns() {
    Shape shape = labels.shape();
    return List.of(new Column("", labels.type(), shape.subShape(1, shape.numDimensions())));
  }
}
