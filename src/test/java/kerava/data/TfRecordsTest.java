package kerava.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kerava.Untrusted;
import kerava.files.DatasetException;
import kerava.files.RecordFile;
import kerava.graph.Array;
import kerava.interop.EnabledIfPython;
import kerava.interop.PythonJudge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.Int64List;

/** Samples in TensorFlow's files of records. */
final class TfRecordsTest {
  private static final RecordFormat IMAGES = RecordFormat.images(5, 4);

  @TempDir Path folder;

  private static Dataset images(int count) {
    byte[] pixels = new byte[count * 5 * 4 * 3];
    new Random(3).nextBytes(pixels);
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> i * 7 % 4);
    return Dataset.of(Array.of(pixels, count, 5, 4, 3), Array.of(labels, count));
  }

  private Path written(Dataset data, String name) throws IOException {
    Path file = folder.resolve(name);
    TfRecords.write(data, file);
    return file;
  }

  @Test
  void readsTheImagesThatItWrote() throws IOException {
    Dataset data = images(600);
    Dataset read =
        TfRecords.open(
            List.of(
                written(data.range(0, 300), "a.tfrecord"),
                written(data.range(300, 600), "b.tfrecord")),
            IMAGES);
    assertEquals(600, read.size());
    assertEquals(data.inputs(), read.inputs());
    assertEquals(data.labels(), read.labels());
    int[] some = {599, 0, 300, 299, 300};
    assertEquals(data.inputs(some), read.inputs(some));
    assertEquals(data.labels(some), read.labels(some));
    assertEquals(List.of("0", "1", "2", "3"), read.classNames());
    assertTrue(read.pixels());
  }

  @Test
  void pixelsThatBeginWithTheLettersOfABitmapArePixels() throws IOException {
    byte[] pixels = images(1).inputs().bytes();
    pixels[0] = 'B';
    pixels[1] = 'M';
    byte[] file = RecordFile.of(List.of(example("image", pixels, "label", 1)));
    Path path = Files.write(folder.resolve("raw.tfrecord"), file);
    assertEquals(Array.of(pixels, 1, 5, 4, 3), TfRecords.open(List.of(path), IMAGES).inputs());
  }

  @Test
  void readsTheNumbersAndTargetsThatItWrote() throws IOException {
    Random random = new Random(4);
    float[] values = new float[9 * 6];
    float[] targets = new float[9 * 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    for (int i = 0; i < targets.length; i++) {
      targets[i] = random.nextFloat();
    }
    Dataset data = Dataset.of(Array.of(values, 9, 2, 3), Array.of(targets, 9, 2));
    Dataset read =
        TfRecords.open(List.of(written(data, "x.tfrecord")), RecordFormat.floats(Shape.of(2, 3)));
    assertEquals(data.inputs(), read.inputs());
    assertEquals(data.labels(), read.labels());
    assertFalse(read.pixels());
  }

  @Test
  void partsAFolderByNamesOrByFifths() throws IOException {
    written(images(20), "all.tfrecord");
    Split fifths = TfRecords.load(folder, IMAGES);
    assertEquals(16, fifths.train().size());
    assertEquals(4, fifths.test().size());
    written(images(3), "train-00000.tfrecord");
    written(images(2), "train-00001.tfrecord");
    written(images(1), "test.tfrecord-00000-of-00001");
    Files.writeString(folder.resolve("classes.txt"), "cat\ndog\ncow\nant\n");
    Split named = TfRecords.load(folder, IMAGES);
    assertEquals(5, named.train().size());
    assertEquals(1, named.test().size());
    assertEquals(List.of("cat", "dog", "cow", "ant"), named.test().classNames());
    assertTrue(TfRecords.in(folder));
  }

  @Test
  void namesTheByteOfADamage() throws IOException {
    Path file = written(images(3), "x.tfrecord");
    byte[] whole = Files.readAllBytes(file);
    int second = 12 + RecordFile.read(file).get(0).length + 4;
    byte[] flipped = whole.clone();
    flipped[second + 30] ^= 1;
    refused(file, flipped, "byte " + second + ": expected a record with checksums that hold, got");
    refused(file, Arrays.copyOf(whole, second + 40), "byte " + second);
    refused(file, Arrays.copyOf(whole, second + 5), "byte " + second);
    refused(file, "no records at all".getBytes(java.nio.charset.StandardCharsets.UTF_8), "byte 0");
  }

  private static void refused(Path file, byte[] content, String where) throws IOException {
    Files.write(file, content);
    DatasetException e =
        assertThrows(DatasetException.class, () -> TfRecords.open(List.of(file), IMAGES));
    assertTrue(e.getMessage().startsWith("x.tfrecord: "), e.getMessage());
    assertTrue(e.getMessage().contains(where), e.getMessage());
  }

  @Test
  void aFileThatIsDamagedLaterIsNamed() throws IOException {
    Path file = written(images(3), "x.tfrecord");
    Dataset read = TfRecords.open(List.of(file), IMAGES);
    byte[] bytes = Files.readAllBytes(file);
    bytes[40] ^= 1;
    Files.write(file, bytes);
    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> read.inputs(new int[] {0}));
    assertTrue(e.getMessage().contains("x.tfrecord"), e.getMessage());
  }

  @Test
  void aFileThatBecomesShorterIsNamed() throws IOException {
    Dataset data = images(3);
    Path file = written(data, "x.tfrecord");
    Dataset read = TfRecords.open(List.of(file), IMAGES);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 3));
    assertEquals(data.inputs(new int[] {1, 0}), read.inputs(new int[] {1, 0}));
    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> read.inputs(new int[] {0, 2}));
    assertTrue(e.getMessage().contains("x.tfrecord"), e.getMessage());
    assertTrue(e.getMessage().contains("the end of the file within one"), e.getMessage());
  }

  private static byte[] example(String image, byte[] bytes, String label, long... numbers) {
    Int64List.Builder list = Int64List.newBuilder();
    Arrays.stream(numbers).forEach(list::addValue);
    BytesList input = BytesList.newBuilder().addValue(ByteString.copyFrom(bytes)).build();
    return Example.newBuilder()
        .setFeatures(
            Features.newBuilder()
                .putFeature(image, Feature.newBuilder().setBytesList(input).build())
                .putFeature(label, Feature.newBuilder().setInt64List(list).build()))
        .build()
        .toByteArray();
  }

  private String refusal(byte[] record) throws IOException {
    Path file = Files.write(folder.resolve("x.tfrecord"), RecordFile.of(List.of(record)));
    return assertThrows(
            IOException.class,
            () -> {
              try {
                TfRecords.open(List.of(file), IMAGES).inputs();
              } catch (UncheckedIOException e) {
                throw e.getCause();
              }
            })
        .getMessage();
  }

  @Test
  void recordsOfVeryManyValuesTakeNoMoreRoom() throws Exception {
    byte[] whole = example("image", new byte[60], "label", new long[5_000_000]);
    refuseWithinBounds("got 5000000 values in its INT64_LIST", whole);
    Features.Builder many = Features.newBuilder();
    for (int i = 0; i < 2_000; i++) {
      many.putFeature("x" + i, Feature.getDefaultInstance());
    }
    refuseWithinBounds(
        "expected an example of at most 1000 features",
        Example.newBuilder().setFeatures(many).build().toByteArray());
    BytesList.Builder empty = BytesList.newBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      empty.addValue(ByteString.EMPTY);
    }
    refuseWithinBounds(
        "got 1000000 values in its BYTES_LIST",
        Example.newBuilder()
            .setFeatures(
                Features.newBuilder()
                    .putFeature("image", Feature.newBuilder().setBytesList(empty).build())
                    .putFeature(
                        "label",
                        Feature.newBuilder()
                            .setInt64List(Int64List.newBuilder().addValue(1))
                            .build()))
            .build()
            .toByteArray());
  }

  private void refuseWithinBounds(String words, byte[] record) throws Exception {
    Path file = Files.write(folder.resolve("x.tfrecord"), RecordFile.of(List.of(record)));
    Untrusted.refuse(words, file, () -> TfRecords.open(List.of(file), IMAGES));
  }

  @Test
  void saysWhatARecordLacks() throws IOException {
    byte[] raw = new byte[60];
    assertEquals(
        "x.tfrecord: expected an example with the feature \"label\" at byte 0, got one with [image,"
            + " class].",
        refusal(example("image", raw, "class", 1)).replace("[class, image]", "[image, class]"));
    assertEquals(
        "x.tfrecord: expected one whole number as \"label\" at byte 0, got 2 values in its"
            + " INT64_LIST.",
        refusal(example("image", raw, "label", 1, 2)));
    assertEquals(
        "x.tfrecord: expected a class number as \"label\" at byte 0, got -1.",
        refusal(example("image", raw, "label", -1)));
    assertEquals(
        "x.tfrecord: expected an image or 60 pixels at byte 0, got 61 bytes that are neither.",
        refusal(example("image", new byte[61], "label", 1)));
    assertEquals(
        "x.tfrecord: expected a tf.Example at byte 0, got other bytes.",
        refusal(new byte[] {9, 9, 9}));
    assertArrayEquals(
        raw,
        TfRecords.open(
                List.of(
                    Files.write(
                        folder.resolve("raw.tfrecord"),
                        RecordFile.of(List.of(example("img", raw, "y", 1))))),
                IMAGES.withInput("img").withLabel("y"))
            .inputs()
            .bytes());
  }

  @Test
  @EnabledIfPython
  void pythonReadsAndWritesTheSameRecords() throws IOException, InterruptedException {
    Dataset data = images(10);
    Path judged = Files.createDirectories(folder.resolve("judge"));
    PythonJudge judge = new PythonJudge(written(data, "own.tfrecord"), judged);
    judge.give("x", data.inputs()).give("y", data.labels());
    PythonJudge.ask("tfrecords.py", judge);
    JsonNode report = judge.report();
    assertEquals(0, report.get("different").asInt());
    assertEquals(10, report.get("records").asInt());
    for (String kind : List.of("png", "raw")) {
      Dataset theirs = TfRecords.open(List.of(judge.file(kind + ".tfrecord")), IMAGES);
      assertEquals(data.inputs(), theirs.inputs(), kind);
      assertEquals(data.labels(), theirs.labels(), kind);
    }
    Dataset floats =
        TfRecords.open(
            List.of(judge.file("floats.tfrecord")),
            RecordFormat.floats(Shape.of(5, 4, 3)).withInput("image"));
    assertEquals(data.inputs().bytes()[7] & 0xff, floats.inputs().floats()[7]);
    Dataset photos = TfRecords.open(List.of(judge.file("jpeg.tfrecord")), IMAGES);
    assertEquals(10, photos.inputs().shape().get(0));
  }
}
