package kerava.saving.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kerava.files.ModelFormatException;

/**
 * The folder that a {@code .keras} archive becomes when it is unpacked; Keras reads it as well.
 *
 * @param folder where its parts lie
 */
public record UnpackedArchive(Path folder) implements ArchiveEntries {
  @Override
  public Optional<byte[]> read(String name, long most) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    long size = Files.size(file);
    if (size > most) {
      throw new ModelFormatException(
          folder, name + ": expected at most " + most + " bytes, got " + size + ".");
    }
    return Optional.of(Files.readAllBytes(file));
  }

  @Override
  public void close() {}
}
