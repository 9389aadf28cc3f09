package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kerava.files.Limits;
import kerava.interop.Archives;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are refused for their members. */
final class ArchiveRefusalTest {
  @TempDir Path folder;
  private ChangedArchive archive;

  @BeforeEach
  void takeASoundArchive() throws IOException {
    archive = ChangedArchive.of(folder, "own_3.8.0.keras");
  }

  @Test
  void theSoundOneIsTaken() throws IOException {
    KerasArchive.read(Archives.pack(archive.members, folder.resolve("a.keras")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/x", "a/../../x", "C:\\x", "a\\b", "..", "a/..", "x\u0001"})
  void pathsThatLeadOutside(String name) throws IOException {
    archive.members.put(name, new byte[1]);
    ChangedArchive.assertRefused("expected members inside the archive", archive.pack());
  }

  @Test
  void manyMembers() throws IOException {
    for (int i = 0; i <= Limits.DEFAULTS.members(); i++) {
      archive.members.put("assets/" + i, new byte[0]);
    }
    ChangedArchive.assertRefused("expected at most 1000 members, got 1004", archive.pack());
  }

  @Test
  void oneNameTwice() throws IOException {
    archive.members.put("Config.json", new byte[3]);
    Path file = archive.pack();
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.write(
        file,
        text.replace("Config.json", "config.json")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    ChangedArchive.assertRefused("expected each member once, got \"config.json\" twice", file);
  }

  @Test
  void bombs() throws IOException {
    archive.members.put("model.weights.h5", new byte[100 << 20]);
    ChangedArchive.assertRefused("model.weights.h5: expected at most", archive.pack());
    archive.members.put("config.json", new byte[Limits.DEFAULTS.jsonBytes() + 1]);
    ChangedArchive.assertRefused("config.json: expected at most", archive.pack());
  }

  @Test
  void membersThatAreMissing() throws IOException {
    archive.members.remove("model.weights.h5");
    ChangedArchive.assertRefused("expected config.json and model.weights.h5 in it", archive.pack());
    ChangedArchive.assertRefused(
        "expected a zip archive", Files.writeString(folder.resolve("x.keras"), "hello"));
    ChangedArchive.assertRefused(
        "expected a zip archive", Files.createFile(folder.resolve("empty.keras")));
    assertThrows(
        java.nio.file.NoSuchFileException.class,
        () -> KerasArchive.read(folder.resolve("none.keras")));
  }

  @Test
  void flippedBitsInAStoredMember() throws IOException {
    Path file = folder.resolve("flipped.keras");
    byte[] bytes = Files.readAllBytes(KerasFixtures.file("own_3.8.0.keras"));
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    ChangedArchive.assertRefused("model.weights.h5: expected a sound member", file);
  }
}
