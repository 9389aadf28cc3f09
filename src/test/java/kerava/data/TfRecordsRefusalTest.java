package kerava.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import kerava.Untrusted;
import kerava.files.DatasetException;
import kerava.files.RecordFile;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.Int64List;

/** Files of records that are damaged, or hold something else. */
final class TfRecordsRefusalTest extends TfRecordsFixture {
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
    // Each class gets a name, so a number alone must not make 800 million of them.
    assertEquals(
        "x.tfrecord: expected a class number below 100000 as \"label\""
            + " (-Dkerava.limits.classes) at byte 0, got 805306367.",
        refusal(example("image", raw, "label", 805_306_367)));
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
}
