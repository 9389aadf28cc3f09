package kerava.saving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import kerava.files.FileKind;
import kerava.files.ModelFormatException;
import kerava.saving.format.FileNames;
import kerava.saving.format.FolderFormat;
import kerava.saving.format.UnexpectedFormat;

/**
 * Which of the formats of models a file or folder has, found out from what is in it.
 *
 * <p>What is no model is named as what it is, with what to give instead.
 */
public enum ModelKind {
  /** A {@code .keras} archive, packed or unpacked: {@link KerasArchive}. */
  ARCHIVE,
  /** A whole model in HDF5: {@link KerasH5}. */
  H5,
  /** The folder of a SavedModel, or of its versions: {@link SavedModels}, {@link LoadedModel}. */
  SAVED_MODEL;

  private static final String ANY =
      "a .keras archive, an .h5 file of a whole model or a SavedModel's folder";

  /**
   * Finds out what a path leads to.
   *
   * @throws NoSuchFileException if there is nothing
   * @throws ModelFormatException if it is no model; the message says what it is instead
   * @throws IOException if it cannot be read
   */
  public static ModelKind of(Path path) throws IOException {
    UnexpectedFormat.requireThere(path);
    if (Files.isDirectory(path)) {
      if (FolderFormat.isUnpackedArchive(path)) {
        return ARCHIVE;
      }
      if (FolderFormat.isSavedModel(path)) {
        return SAVED_MODEL;
      }
    } else {
      FileKind kind = FileKind.of(path);
      if (kind == FileKind.HDF5) {
        return H5;
      }
      if (kind == FileKind.ZIP && isArchive(path)) {
        return ARCHIVE;
      }
    }
    throw UnexpectedFormat.refusal(path, ANY);
  }

  private static boolean isArchive(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry(FileNames.CONFIG) != null;
    } catch (IOException | IllegalArgumentException e) {
      // Damaged: the reader of archives says where.
      return true;
    }
  }
}
