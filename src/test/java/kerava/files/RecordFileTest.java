package kerava.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TensorFlow's files of records. */
final class RecordFileTest {
  private final List<byte[]> records = List.of("kerava".getBytes(UTF_8), new byte[0]);

  @Test
  void readsWhatItWrote(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("records"), RecordFile.of(records));
    List<byte[]> read = RecordFile.read(file);
    assertEquals(2, read.size());
    assertArrayEquals(records.get(0), read.get(0));
    assertArrayEquals(records.get(1), read.get(1));
  }

  @Test
  void writesWhatTensorFlowWrites() {
    assertEquals(
        "06000000000000007369d5376b6572617661040b7a35000000000000000029039807d8ea82a2",
        HexFormat.of().formatHex(RecordFile.of(records)));
  }

  @Test
  void refusesEveryFlippedBit(@TempDir Path folder) throws IOException {
    byte[] whole = RecordFile.of(records);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Path file = Files.write(folder.resolve("records"), damaged);
      assertThrows(RecordException.class, () -> RecordFile.read(file), "bit " + bit);
    }
  }

  @Test
  void refusesEveryCut(@TempDir Path folder) throws IOException {
    byte[] whole = RecordFile.of(records.subList(0, 1));
    for (int length = 1; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("records"), Arrays.copyOf(whole, length));
      assertThrows(RecordException.class, () -> RecordFile.read(file), "length " + length);
    }
  }
}
