package kerava.cli;

import static kerava.cli.OneSentence.isOneSentence;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that a converted model can have, and what they mean. */
final class ConvertedNamesTest {
  private static final Path ARCHIVE = KerasFixtures.file("own_3.8.0.keras");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m.onnx",
        "m.tflite",
        "m.TFLITE",
        "m.pb",
        "m.pt",
        "m.pth",
        "m.h5",
        "m.hdf5",
        "m.H5",
        "m.json",
        "m.zip",
        "m.tar.gz",
        "m.tgz",
        "m.mlmodel",
        "m.npz",
        "m.npy",
        "m.safetensors",
        "m.bin",
        "m.ckpt",
        "m.pkl",
        "m.keras.zip",
        "m.png",
        "m.svg",
        "m.txt",
      })
  void anEndingOfAnotherFormatIsRefusedBeforeAnythingIsWritten(String name) throws IOException {
    Path to = folder.resolve(name);
    Run run = Run.of("convert", ARCHIVE, to);
    assertNotEquals(0, run.code());
    isOneSentence(name, run.err());
    assertTrue(
        run.err().startsWith("kerava: " + to + ": expected the name of a folder"), run.err());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"served", "net-v1.2", "net.2026", "a b"})
  void otherNamesAreFolders(String name) {
    Path to = folder.resolve(name);
    Run run = Run.of("convert", ARCHIVE, to);
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.exists(to.resolve("1").resolve("saved_model.pb")));
  }

  @Test
  void endingsAreKnownInCapitals() throws IOException {
    for (String name : List.of("m.KERAS", "m.Weights.H5")) {
      Path to = folder.resolve(name);
      assertEquals(0, Run.of("convert", ARCHIVE, to).code());
      assertTrue(Files.isRegularFile(to));
    }
  }
}
