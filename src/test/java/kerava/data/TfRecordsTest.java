package kerava.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import kerava.files.RecordFile;
import kerava.graph.Array;
import kerava.interop.EnabledIfPython;
import kerava.interop.PythonReference;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Samples in TensorFlow's files of records. */
final class TfRecordsTest extends TfRecordsFixture {
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
  @EnabledIfPython
  void pythonReadsAndWritesTheSameRecords() throws IOException, InterruptedException {
    Dataset data = images(10);
    Path checked = Files.createDirectories(folder.resolve("reference"));
    PythonReference reference = new PythonReference(written(data, "own.tfrecord"), checked);
    reference.give("x", data.inputs()).give("y", data.labels());
    PythonReference.run("tfrecords.py", reference);
    JsonNode report = reference.report();
    assertEquals(0, report.get("different").asInt());
    assertEquals(10, report.get("records").asInt());
    for (String kind : List.of("png", "raw")) {
      Dataset theirs = TfRecords.open(List.of(reference.file(kind + ".tfrecord")), IMAGES);
      assertEquals(data.inputs(), theirs.inputs(), kind);
      assertEquals(data.labels(), theirs.labels(), kind);
    }
    Dataset floats =
        TfRecords.open(
            List.of(reference.file("floats.tfrecord")),
            RecordFormat.floats(Shape.of(5, 4, 3)).withInput("image"));
    assertEquals(data.inputs().bytes()[7] & 0xff, floats.inputs().floats()[7]);
    Dataset photos = TfRecords.open(List.of(reference.file("jpeg.tfrecord")), IMAGES);
    assertEquals(10, photos.inputs().shape().get(0));
  }
}
