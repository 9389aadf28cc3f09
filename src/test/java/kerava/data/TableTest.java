package kerava.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerava.files.DatasetException;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** Tables, sequences of unequal length, several columns, and streams as data sets. */
final class TableTest {
  private static final String HEART =
      """
      age,sex,rate,target
      63,male,1.5,1
      37,"fe,male",,0
      41,female,2,1
      """;

  private static Table read(Path folder, String text) throws IOException {
    return Table.readCsv(Files.writeString(folder.resolve("table.csv"), text));
  }

  @Test
  void columnsHaveTheTypeOfAllTheirCells(@TempDir Path folder) throws IOException {
    Table table = read(folder, HEART);
    assertEquals(List.of("age", "sex", "rate", "target"), table.names());
    assertEquals(3, table.rows());
    assertArrayEquals(new long[] {63, 37, 41}, table.column("age").longs());
    assertArrayEquals(new String[] {"male", "fe,male", "female"}, table.column("sex").texts());
    assertArrayEquals(new float[] {1.5f, Float.NaN, 2}, table.column("rate").floats());
  }

  @Test
  void tablesBecomeDataSets(@TempDir Path folder) throws IOException {
    Table table = read(folder, HEART).floats("age");
    Dataset data = table.without("target").dataset(table.only("target"));
    assertEquals(
        List.of("age", "sex", "rate"), data.inputColumns().stream().map(Column::name).toList());
    assertArrayEquals(new int[] {1, 0, 1}, data.labels().ints());
    List<Array> rows = data.only(2, 0).inputArrays(new int[] {0, 1});
    assertArrayEquals(new float[] {41, 63}, rows.get(0).floats());
    assertArrayEquals(new String[] {"female", "male"}, rows.get(1).texts());
  }

  @Test
  void refusesWhatIsNoTable(@TempDir Path folder) {
    String short1 = "a,b\n1,2\n3\n";
    DatasetException refusal = assertThrows(DatasetException.class, () -> read(folder, short1));
    assertTrue(String.valueOf(refusal.getMessage()).contains("expected 2 cells in line 3, got 1"));
    assertThrows(DatasetException.class, () -> read(folder, "a,a\n1,2\n"));
    assertThrows(IllegalArgumentException.class, () -> Table.of(Map.of()).column("x"));
  }

  /** As keras.utils.pad_sequences gives them. */
  @Test
  void sequencesArePaddedAndCutAsInKeras() {
    int[][] words = {{1, 2, 3}, {4}, {5, 6}};
    Array all = Sequences.padded().array(words);
    assertArrayEquals(new int[] {1, 2, 3, 0, 0, 4, 0, 5, 6}, all.ints());
    Sequences behind = Sequences.padded().padding(Sequences.Side.POST).value(9);
    assertArrayEquals(new int[] {1, 2, 3, 4, 9, 9, 5, 6, 9}, behind.array(words).ints());
    assertArrayEquals(
        new int[] {2, 3, 0, 4, 5, 6}, Sequences.padded().length(2).array(words).ints());
    assertArrayEquals(
        new int[] {1, 2, 0, 4, 5, 6},
        Sequences.padded().length(2).truncating(Sequences.Side.POST).array(words).ints());
    Array rows =
        Sequences.padded()
            .array(
                List.of(
                    Array.of(new float[] {1, 2, 3, 4}, 2, 2), Array.of(new float[] {5, 6}, 1, 2)));
    assertEquals(Shape.of(2, 2, 2), rows.shape());
    assertArrayEquals(new float[] {1, 2, 3, 4, 0, 0, 5, 6}, rows.floats());
  }

  @Test
  void batchesArePaddedToTheirLongest() {
    int[][] words = {{1, 2, 3}, {4}, {5, 6}};
    Array labels = Array.of(new int[] {0, 1, 0}, 3);
    Dataset data = Dataset.ofSequences(words, labels, Sequences.padded());
    assertEquals(Shape.of(2, 2), data.inputs(new int[] {1, 2}).shape());
    assertEquals(Shape.of(3, 3), data.inputs().shape());
    assertArrayEquals(new int[] {1, 0}, data.labels(new int[] {1, 2}).ints());
  }

  @Test
  void streamsGoOnAndAreTakenInOrder() {
    Iterator<Dataset> endless =
        IntStream.iterate(0, i -> i + 3)
            .mapToObj(
                i ->
                    Dataset.of(
                        Array.of(new float[] {i, i + 1, i + 2}, 3, 1),
                        Array.of(new int[] {i, i + 1, i + 2}, 3)))
            .iterator();
    Dataset stream = Dataset.stream(() -> endless, 4);
    assertTrue(stream.sequential());
    assertArrayEquals(new float[] {0, 1}, stream.inputs(new int[] {0, 1}).floats());
    assertArrayEquals(new int[] {0, 1}, stream.labels(new int[] {0, 1}).ints());
    assertArrayEquals(new float[] {2, 3}, stream.inputs(new int[] {2, 3}).floats());
    assertArrayEquals(new int[] {2, 3}, stream.labels(new int[] {2, 3}).ints());
    assertArrayEquals(new float[] {4, 5}, stream.inputs(new int[] {0, 1}).floats());
    assertThrows(IllegalArgumentException.class, () -> stream.inputs(new int[] {0, 1}));
  }
}
