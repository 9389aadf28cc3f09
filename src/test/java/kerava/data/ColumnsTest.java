package kerava.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kerava.files.DatasetException;
import kerava.files.RecordWriter;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;

/** Data sets of several columns: from a view of another, and from records of any features. */
final class ColumnsTest {
  private static final Dataset IMAGES =
      Dataset.of(Array.of(new byte[3 * 4], 3, 2, 2, 1), Array.of(new int[] {0, 1, 1}, 3));

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  @Test
  void imagesStandBesideVectors() {
    Array ages = Array.of(new float[] {1, 2, 3}, 3, 1);
    Array boxes = Array.of(new float[] {.1f, .2f, .3f, .4f, .5f, .6f}, 3, 2);
    Dataset labelled = IMAGES.withLabels("what", Map.of("where", boxes));
    assertTrue(labelled.pixels());
    Dataset all = labelled.withInputs("image", Map.of("age", ages)).only(2, 0);
    assertFalse(all.pixels());
    assertEquals(List.of("image", "age"), names(all.inputColumns()));
    assertEquals(List.of("what", "where"), names(all.labelColumns()));
    int[] both = {0, 1};
    assertArrayEquals(new float[] {3, 1}, all.inputArrays(both).get(1).floats());
    assertArrayEquals(new int[] {1, 0}, all.labelArrays(both).get(0).ints());
    assertArrayEquals(new float[] {.5f, .6f, .1f, .2f}, all.labelArrays(both).get(1).floats());
  }

  @Test
  void refusesColumnsThatDoNotFit() {
    Array two = Array.of(new float[2], 2, 1);
    Array three = Array.of(new float[3], 3, 1);
    assertEquals(
        "Dataset \"age\": expected 3 rows, one a sample, got FLOAT32 [2, 1].",
        refusal(() -> IMAGES.withInputs("image", Map.of("age", two))));
    assertEquals(
        "Dataset: expected columns of different names, got two \"image\".",
        refusal(() -> IMAGES.withInputs("image", Map.of("image", three))));
    Dataset both = IMAGES.withInputs("image", Map.of("age", three));
    assertEquals(
        "Dataset: expected one input to call \"own\", got 2.",
        refusal(() -> both.withInputs("own", Map.of())));
    assertEquals(
        "Dataset \"long\": expected labels of type INT32 or FLOAT32, got INT64 [3].",
        refusal(() -> IMAGES.withLabels("what", Map.of("long", Array.of(new long[3], 3)))));
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }

  private static Example example(long number, String word, float... values) {
    FloatList.Builder floats = FloatList.newBuilder();
    for (float value : values) {
      floats.addValue(value);
    }
    return Example.newBuilder()
        .setFeatures(
            Features.newBuilder()
                .putFeature(
                    "id",
                    Feature.newBuilder()
                        .setInt64List(Int64List.newBuilder().addValue(number))
                        .build())
                .putFeature(
                    "word",
                    Feature.newBuilder()
                        .setBytesList(
                            BytesList.newBuilder().addValue(ByteString.copyFromUtf8(word)))
                        .build())
                .putFeature("values", Feature.newBuilder().setFloatList(floats).build()))
        .build();
  }

  private static Path written(Path file, Example... examples) throws IOException {
    try (RecordWriter writer = new RecordWriter(Files.newOutputStream(file))) {
      for (Example example : examples) {
        writer.write(example.toByteArray());
      }
    }
    return file;
  }

  @Test
  void recordsOfAnyFeaturesAreATable(@TempDir Path folder) throws IOException {
    Path first = written(folder.resolve("a"), example(7, "é", 1, 2), example(-8, "b", 3, 4));
    Path second = written(folder.resolve("b"), example(9, "", 5, 6));
    Table table = Table.readRecords(first, second);
    assertEquals(List.of("id", "values", "word"), table.names());
    assertArrayEquals(new long[] {7, -8, 9}, table.column("id").longs());
    assertArrayEquals(new String[] {"é", "b", ""}, table.column("word").texts());
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, table.column("values").floats());
  }

  @Test
  void refusesRecordsThatAreNotAlike(@TempDir Path folder) throws IOException {
    Path unlike = written(folder.resolve("a"), example(7, "a", 1, 2), example(8, "b", 3));
    String message =
        assertThrows(DatasetException.class, () -> Table.readRecords(unlike)).getMessage();
    assertTrue(message.contains("expected 2 values in a FLOAT_LIST as \"values\""), message);
  }

  @Test
  void numbersThatOnlyJavaReadsAreTexts(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "size,code\n1.5,1d\n,2f\n");
    Table table = Table.readCsv(file);
    assertArrayEquals(new float[] {1.5f, Float.NaN}, table.column("size").floats());
    assertArrayEquals(new String[] {"1d", "2f"}, table.column("code").texts());
  }
}
