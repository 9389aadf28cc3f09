package kerava.saving.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The formats of models that are folders, told by the files in them. */
public final class FolderFormat {
  private FolderFormat() {}

  /** Whether a folder is what a {@code .keras} archive becomes when it is unpacked. */
  public static boolean isUnpackedArchive(Path folder) {
    return Files.isRegularFile(folder.resolve(FileNames.CONFIG))
        && Files.isRegularFile(folder.resolve(FileNames.WEIGHTS));
  }

  /** Whether a folder is a SavedModel, or holds versions of one. */
  public static boolean isSavedModel(Path folder) throws IOException {
    return Files.isRegularFile(folder.resolve(FileNames.SAVED_MODEL))
        || !VersionNumbers.in(folder).isEmpty();
  }
}
