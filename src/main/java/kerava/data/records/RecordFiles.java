package kerava.data.records;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kerava.files.DatasetException;
import kerava.files.Limits;
import kerava.files.NameList;
import kerava.files.SmallFile;

/** What a folder of records holds. */
public final class RecordFiles {
  private static final String CLASSES = "classes.txt";

  private RecordFiles() {}

  /** The files of records whose names begin with some letters, in the order of their names. */
  public static List<Path> in(Path folder, String start) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> isRecords(file.getFileName().toString(), start))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static boolean isRecords(String name, String start) {
    return name.contains(".tfrecord") && name.startsWith(start) && !name.startsWith(".");
  }

  /**
   * The lines of the file {@code classes.txt}, if there is one.
   *
   * @throws DatasetException if it is no UTF-8
   */
  public static Optional<List<String>> classNames(Path folder) throws IOException {
    Path file = folder.resolve(CLASSES);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(NameList.read(SmallFile.bytes(file, Limits.current().metadataBytes())));
    } catch (CharacterCodingException e) {
      throw new DatasetException(
          file, "expected the names of classes in UTF-8, got other bytes.", e);
    }
  }
}
