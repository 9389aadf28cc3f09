package kerava.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Compares the real images with checksums that NumPy made of the same files. */
@EnabledIfEnvironmentVariable(named = "KERAVA_CIFAR10", matches = ".+")
final class Cifar10RealTest {
  private static Cifar10 cifar;

  @BeforeAll
  static void load() throws IOException {
    cifar = Cifar10.load(Path.of(System.getenv("KERAVA_CIFAR10")));
  }

  @Test
  void trainingImagesAreNumPys() {
    assertEquals(0x154086ba, crc(cifar.train(), 0));
    assertEquals(0x57071df5, crc(cifar.train(), 1));
    assertEquals(0x7ea2b6bd, crc(cifar.train(), 25_007));
    assertEquals(0x2fa4438f, crc(cifar.train(), 49_999));
  }

  @Test
  void testImagesAreNumPys() {
    assertEquals(0x9b4c7e75, crc(cifar.test(), 0));
    assertEquals(0x185e0a1f, crc(cifar.test(), 1));
    assertEquals(0x26b146e5, crc(cifar.test(), 5_007));
    assertEquals(0xb800a5af, crc(cifar.test(), 9_999));
  }

  @Test
  void everyPixelAndLabelIsNumPys() {
    assertEquals(
        "b30f76839619f2d33c72f4b58152c60c681400054a403481cfb6f4a72182e8d5",
        sha256(cifar.train().inputs().bytes()));
    assertEquals(
        "6dc21be2e0410755b570c8393e4fdf3ecb891b4ae4256a6accde7835be13f779",
        sha256(cifar.test().inputs().bytes()));
    assertEquals(
        "2b7cd2f24487317614016b72ffd53071c3062f592f0eb300c18a770d41ae1253",
        sha256(labels(cifar.train())));
    assertEquals(
        "cec8a24a1e92aa2ecaa0bbd3dbfa86bf6cd8759fbd209a832824c8cf0afca9d5",
        sha256(labels(cifar.test())));
  }

  @Test
  void firstImagesAreAFrogAndACat() {
    int frog = cifar.train().labels(new int[] {0}).ints()[0];
    int cat = cifar.test().labels(new int[] {0}).ints()[0];
    assertEquals("frog", Cifar10.classNames().get(frog));
    assertEquals("cat", Cifar10.classNames().get(cat));
  }

  private static int crc(Dataset dataset, int index) {
    CRC32 crc = new CRC32();
    crc.update(dataset.inputs(new int[] {index}).bytes());
    return (int) crc.getValue();
  }

  private static byte[] labels(Dataset dataset) {
    int[] labels = dataset.labels().ints();
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
