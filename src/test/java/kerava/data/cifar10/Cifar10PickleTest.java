package kerava.data.cifar10;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import kerava.Untrusted;
import kerava.files.DatasetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Cifar10PickleTest {
  @TempDir Path folder;

  @Test
  void readsWhatTheBinaryVersionHolds() throws IOException {
    Path python = Files.write(folder.resolve("data_batch_1"), good());
    Path binary = Files.write(folder.resolve("data_batch_1.bin"), Cifar10Files.binary());
    Cifar10Images fromPython = new Cifar10Images(Cifar10Files.IMAGES);
    Cifar10Images fromBinary = new Cifar10Images(Cifar10Files.IMAGES);
    Cifar10Pickle.read(python, fromPython, 0);
    Cifar10Binary.read(binary, fromBinary, 0);
    assertEquals(fromBinary.pixels(), fromPython.pixels());
    assertEquals(fromBinary.labels(), fromPython.labels());
  }

  @Test
  void refusesToRunPrograms() throws IOException {
    assertEquals(
        "batch: expected a pickled batch of CIFAR-10, got 29 bytes that cannot be read (the name"
            + " os.system). Is the file damaged?",
        refused(latin1("\u0080\u0002cos\nsystem\nU\u0008rm -rf ~\u0085R....")));
  }

  @Test
  void refusesClassesThatTheLibraryKnows() throws IOException {
    String message = refused(latin1("\u0080\u0002cdecimal\nDecimal\nU\u00011\u0085R."));
    assertTrue(message.contains("the name decimal.Decimal"), message);
  }

  @Test
  void refusesStructuresAsKeys() throws Exception {
    StringBuilder nested = new StringBuilder("\u0080\u0002]q\u0000");
    for (int i = 0; i < 59; i++) {
      nested.append("]q").append((char) (i + 1));
      nested.append(("h" + (char) i + "a").repeat(2));
    }
    for (String key :
        new String[] {
          nested + "}h;", "\u0080\u0002}]q\u0000h\u0000a", "}}", "})", "}]\u0085", "}N"
        }) {
      refusedWithinBounds("a key that is no short text", latin1(key + "K\u0001s."));
      refusedWithinBounds("a key that is no short text", latin1("}(" + key + "K\u0001u."));
    }
  }

  @Test
  void refusesStructuresAsNames() throws Exception {
    String self = "]q\u0000h\u0000a";
    refusedWithinBounds("type without a name", latin1("cnumpy\ndtype\n" + self + "\u0085R."));
    refusedWithinBounds("more than 100 letters", latin1("c" + "n".repeat(3_000_000) + "\nx\n."));
  }

  @Test
  void boundsInstructions() throws Exception {
    for (String step :
        new String[] {"N", "}", "]", "(", ")", "}q\u0000", "]r\u0000\u0000\u0000\u007f"}) {
      refusedWithinBounds("more than 200000 instructions", latin1("(" + step.repeat(2_000_000)));
    }
    refusedWithinBounds("the instruction 0x95", latin1("\u0080\u0004\u0095" + "\u00ff".repeat(8)));
    refusedWithinBounds("the instruction 0x8b", latin1("\u008b\u00ff\u00ff\u00ff\u007f"));
  }

  @Test
  void mendsWhatTheLibrarySays() throws Exception {
    for (String program :
        new String[] {".", "a.", "K\u0001K\u0001a.", "]u.", "NNb.", "K\u0001R.", "h\u0005."}) {
      refusedWithinBounds("cannot be read", latin1(program));
    }
  }

  private void refusedWithinBounds(String words, byte[] content) throws Exception {
    Path file = Files.write(folder.resolve("batch"), content);
    Untrusted.refuse(
        words,
        file,
        () -> {
          Cifar10Pickle.read(file, null, 0);
          return null;
        });
  }

  @Test
  void refusesOtherInstructions() throws IOException {
    String message = refused(latin1("\u0080\u0002ios\nsystem\n."));
    assertTrue(message.contains("the instruction 0x69"), message);
  }

  @Test
  void refusesAStringLongerThanTheFile() throws IOException {
    String message = refused(latin1("\u0080\u0002T\u00ff\u00ff\u00ff\u007fabc."));
    assertTrue(message.contains("a text of 2147483647 bytes where 4 are left"), message);
  }

  @Test
  void refusesAStringOfNegativeLength() throws IOException {
    String message = refused(latin1("\u0080\u0002T\u00ff\u00ff\u00ff\u00ffabc."));
    assertTrue(message.contains("a text of -1 bytes"), message);
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    byte[] good = good();
    for (int length : new int[] {0, 1, 40, 20_000, good.length - 1}) {
      String message = refused(Arrays.copyOf(good, length));
      assertTrue(message.contains("got " + length + " bytes that cannot be read"), message);
    }
  }

  @Test
  void refusesAnInstructionWithoutItsOperands() throws IOException {
    String message = refused(latin1("\u0080\u0002R."));
    assertTrue(message.startsWith("batch: expected a pickled batch"), message);
  }

  @Test
  void refusesTooFewLabels() throws IOException {
    assertEquals(
        "batch: expected a list \"labels\" of 10000 numbers, got a list of 9999. Is the"
            + " file damaged?",
        refused(Cifar10Files.pickle(9_999, "u1", Cifar10Files.planes())));
  }

  @Test
  void refusesTooFewPixels() throws IOException {
    assertEquals(
        "batch: expected pixels \"data\" of shape (10000, 3072), got 12 bytes. Is the file"
            + " damaged?",
        refused(Cifar10Files.pickle(10_000, "u1", new byte[12])));
  }

  @Test
  void refusesPixelsThatAreNotBytes() throws IOException {
    String message = refused(Cifar10Files.pickle(10_000, "f4", new byte[12]));
    assertTrue(message.contains("numbers of type f4"), message);
  }

  @Test
  void refusesWhatIsNoDictionary() throws IOException {
    assertEquals(
        "batch: expected a pickled dictionary, got Integer.",
        refused(latin1("\u0080\u0002K\u0007.")));
    assertTrue(refused(latin1("\u0080\u0002}.")).contains("got nothing"));
    assertEquals(
        "batch: expected a pickled dictionary, got nothing.", refused(latin1("\u0080\u0002N.")));
  }

  @Test
  void refusesHugeFiles() throws IOException {
    Path file = folder.resolve("batch");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(50_000_000);
    }
    assertEquals("batch: expected at most 40000000 bytes, got 50000000.", refused(file));
  }

  private static byte[] good() throws IOException {
    return Cifar10Files.pickle(Cifar10Files.IMAGES, "u1", Cifar10Files.planes());
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String refused(byte[] bytes) throws IOException {
    return refused(Files.write(folder.resolve("batch"), bytes));
  }

  private static String refused(Path file) {
    Cifar10Images images = new Cifar10Images(Cifar10Files.IMAGES);
    return assertThrows(DatasetException.class, () -> Cifar10Pickle.read(file, images, 0))
        .getMessage();
  }
}
