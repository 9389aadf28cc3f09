package kerava.data.folders;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.io.FilenameUtils;

/**
 * What stands in one folder, each kind in the order of Python's {@code sorted}.
 *
 * @param folders subfolders, and links to folders
 * @param images files whose names end as Keras' images do
 * @param others other files
 * @param hidden how many files and folders that systems and tools leave
 */
record DirectoryListing(List<Path> folders, List<Path> images, List<Path> others, int hidden) {
  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

  private static final Set<String> SYSTEM =
      Set.of(
          "__macosx",
          "@eadir",
          "thumbs.db",
          "desktop.ini",
          "$recycle.bin",
          "system volume information");

  static DirectoryListing of(Path folder) throws IOException {
    DirectoryListing entries =
        new DirectoryListing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0);
    int hidden = 0;
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path path : stream) {
        if (isHidden(name(path))) {
          hidden++;
        } else {
          entries.kind(path).add(path);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.folders.sort(byName());
    entries.images.sort(byName());
    return new DirectoryListing(entries.folders, entries.images, entries.others, hidden);
  }

  private List<Path> kind(Path path) {
    return Files.isDirectory(path) ? folders : isImage(path) ? images : others;
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || SYSTEM.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isImage(Path path) {
    return EXTENSIONS.contains(FilenameUtils.getExtension(name(path)).toLowerCase(Locale.ROOT));
  }

  private static Comparator<Path> byName() {
    return Comparator.comparing(DirectoryListing::name, codePoints());
  }

  /** Python's order of strings; Java's own takes letters beyond U+FFFF for smaller ones. */
  static Comparator<String> codePoints() {
    return (one, other) -> Arrays.compare(points(one), points(other));
  }

  private static int[] points(String text) {
    return text.codePoints().toArray();
  }
}
