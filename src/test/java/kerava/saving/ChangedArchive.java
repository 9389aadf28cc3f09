package kerava.saving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import kerava.files.ModelFormatException;
import kerava.interop.Archives;
import kerava.interop.KerasFixtures;

/** An archive that Kerava wrote, to be changed and to be refused. */
final class ChangedArchive {
  final Map<String, byte[]> members;
  private final Path folder;

  private ChangedArchive(Path folder, Map<String, byte[]> members) {
    this.folder = folder;
    this.members = members;
  }

  /**
   * One of the fixtures.
   *
   * @param folder where the changed archive is written
   */
  static ChangedArchive of(Path folder, String fixture) throws IOException {
    return new ChangedArchive(folder, Archives.unpack(KerasFixtures.file(fixture)));
  }

  Path change(UnaryOperator<String> change) throws IOException {
    String before = new String(members.get("config.json"), UTF_8);
    String after = change.apply(before);
    assertTrue(!after.equals(before), "the change must change something");
    members.put("config.json", after.getBytes(UTF_8));
    return Archives.pack(members, folder.resolve("bad.keras"));
  }

  Path pack() throws IOException {
    return Archives.pack(members, folder.resolve("bad.keras"));
  }

  static void assertRefused(String sentence, Path file) {
    ModelFormatException refusal =
        assertThrows(ModelFormatException.class, () -> KerasArchive.read(file));
    String message = refusal.getMessage();
    assertTrue(message.startsWith(file.getFileName() + ": "), message);
    assertTrue(message.contains(sentence), message);
  }
}
