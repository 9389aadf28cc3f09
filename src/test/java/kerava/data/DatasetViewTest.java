package kerava.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.graph.Array;
import kerava.images.Preprocessing;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** What views of a data set tell is what the data set itself tells, unless they change it. */
final class DatasetViewTest {
  private static final Preprocessing READ = Preprocessing.of(2, 2);

  /** Samples of files, some of which tell of the least and some of the most. */
  private record Telling(boolean yes) implements Dataset {
    @Override
    public int size() {
      return 3;
    }

    @Override
    public Shape inputShape() {
      return Shape.of(2, 2, 1);
    }

    @Override
    public Array.Type inputType() {
      return Array.Type.FLOAT32;
    }

    @Override
    public Array inputs(int[] indices) {
      float[] values = new float[indices.length * 4];
      for (int i = 0; i < values.length; i++) {
        values[i] = indices[i / 4];
      }
      return Array.of(values, indices.length, 2, 2, 1);
    }

    @Override
    public Array labels(int[] indices) {
      return Array.of(indices.clone(), indices.length);
    }

    @Override
    public boolean pixels() {
      return yes;
    }

    @Override
    public Optional<Path> file(int index) {
      return Optional.of(Path.of(index + ".png")).filter(file -> yes);
    }

    @Override
    public Optional<Preprocessing> preprocessing() {
      return Optional.of(READ).filter(read -> yes);
    }

    @Override
    public List<String> classNames() {
      return yes ? List.of("a", "b", "c") : List.of();
    }

    @Override
    public boolean inMemory() {
      return yes;
    }

    @Override
    public boolean orderedByClass() {
      return yes;
    }
  }

  private static Map<String, Dataset> views(Dataset base) {
    return Map.of(
        "one-hot", base.oneHot(3),
        "mirrored", base.mirrored(index -> false),
        "range", base.range(0, 3));
  }

  @Test
  void tellWhatTheirBaseTells() {
    for (boolean yes : new boolean[] {true, false}) {
      Dataset base = new Telling(yes);
      views(base)
          .forEach(
              (what, view) -> {
                assertEquals(base.size(), view.size(), what);
                assertEquals(base.inputShape(), view.inputShape(), what);
                assertEquals(base.inputType(), view.inputType(), what);
                assertEquals(base.inputs(), view.inputs(), what);
                assertEquals(base.pixels(), view.pixels(), what);
                assertEquals(base.file(1), view.file(1), what);
                assertEquals(base.preprocessing(), view.preprocessing(), what);
                assertEquals(base.classNames(), view.classNames(), what);
                assertEquals(base.inMemory(), view.inMemory(), what);
                assertEquals(base.orderedByClass(), view.orderedByClass(), what);
              });
    }
  }

  @Test
  void chosenSamplesAreInNoOrderOfClasses() {
    Dataset chosen = new Telling(true).only(2, 0);
    assertFalse(chosen.orderedByClass());
    assertTrue(chosen.pixels() && chosen.inMemory());
    assertEquals(Optional.of(Path.of("2.png")), chosen.file(0));
    assertEquals(Array.of(new int[] {2, 0}, 2), chosen.labels());
  }
}
