package kerava.data.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import kerava.config.Listed;
import kerava.files.DatasetException;

/**
 * Which folders hold the classes: the folder itself, the one that it holds and nothing else, or its
 * splits for training, validation and testing.
 *
 * @param folder where the classes or the splits are
 * @param splits the folder of each split; empty if the folder holds classes
 * @param notes what people should know of how it was found, a sentence each
 */
public record FolderLayout(Path folder, Map<SplitName, Path> splits, List<String> notes) {
  /** How many folders within each other are entered. */
  private static final int DEPTH = 8;

  public FolderLayout {
    splits = Collections.unmodifiableMap(new TreeMap<>(splits));
    notes = List.copyOf(notes);
  }

  /**
   * Finds the folders.
   *
   * @throws DatasetException if folders sound like splits, but cannot be, or need not be
   */
  static FolderLayout of(Path root) throws IOException {
    Path inner = inner(root, Optional.empty());
    List<String> notes = new ArrayList<>();
    if (!inner.equals(root)) {
      notes.add("Entered " + inner + ", as it is the only folder there.");
    }
    Map<SplitName, Path> splits = splits(inner, notes);
    if (splits.keySet().equals(Set.of(SplitName.TRAIN))) {
      Path alone = splits.values().iterator().next();
      notes.add("Entered " + alone + ", as there is no part beside it.");
      return new FolderLayout(inner(alone, Optional.of(SplitName.TRAIN)), Map.of(), notes);
    }
    Map<SplitName, Path> entered = new EnumMap<>(SplitName.class);
    for (Map.Entry<SplitName, Path> split : splits.entrySet()) {
      entered.put(split.getKey(), inner(split.getValue(), Optional.of(split.getKey())));
    }
    return new FolderLayout(inner, entered, notes);
  }

  /**
   * The folder at the end of folders that hold one folder each; itself if there is none.
   *
   * @param within the split that the folder is, which may be named once more
   */
  private static Path inner(Path root, Optional<SplitName> within) throws IOException {
    Path folder = root;
    for (int depth = 0; depth < DEPTH && Files.isDirectory(folder); depth++) {
      DirectoryListing entries = DirectoryListing.of(folder);
      if (!entries.images().isEmpty() || entries.folders().isEmpty()) {
        // It is a class, and the folder around it holds one class.
        return root;
      }
      Optional<SplitName> split = SplitName.named(DirectoryListing.name(entries.folders().get(0)));
      if (entries.folders().size() > 1 || (split.isPresent() && !split.equals(within))) {
        return folder;
      }
      folder = entries.folders().get(0);
    }
    return root;
  }

  /** The folders of splits in a folder; none if these are classes. */
  private static Map<SplitName, Path> splits(Path folder, List<String> notes) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Map.of();
    }
    Map<SplitName, Path> splits = new EnumMap<>(SplitName.class);
    List<Path> others = new ArrayList<>();
    for (Path sub : DirectoryListing.of(folder).folders()) {
      Optional<SplitName> split = SplitName.named(DirectoryListing.name(sub));
      Path twin = split.map(known -> splits.putIfAbsent(known, sub)).orElse(null);
      if (split.isEmpty()) {
        others.add(sub);
      } else if (twin != null) {
        throw ambiguous(folder, "two that sound alike", List.of(twin, sub));
      }
    }
    return others.isEmpty() ? splits : beside(folder, splits, others, notes);
  }

  /** Splits that have other folders beside them: these are not splits, or those are not images. */
  private static Map<SplitName, Path> beside(
      Path folder, Map<SplitName, Path> splits, List<Path> others, List<String> notes)
      throws IOException {
    if (splits.isEmpty()) {
      return splits;
    }
    Path first = splits.values().iterator().next();
    // A train is a vehicle, too.
    if (splits.keySet().equals(Set.of(SplitName.TRAIN)) && isClass(first)) {
      notes.add("The folder " + DirectoryListing.name(first) + " is taken for a class.");
      return Map.of();
    }
    for (Path other : others) {
      if (holdsImages(other, DEPTH)) {
        throw ambiguous(folder, "parts and others", List.of(first, other));
      }
    }
    notes.add("Passed over: folders without images, " + names(others) + ".");
    return splits;
  }

  private static boolean isClass(Path folder) throws IOException {
    DirectoryListing entries = DirectoryListing.of(folder);
    return entries.folders().isEmpty() && !entries.images().isEmpty();
  }

  private static boolean holdsImages(Path folder, int depth) throws IOException {
    DirectoryListing entries = DirectoryListing.of(folder);
    if (!entries.images().isEmpty()) {
      return true;
    }
    for (Path sub : entries.folders()) {
      if (depth > 0 && holdsImages(sub, depth - 1)) {
        return true;
      }
    }
    return false;
  }

  private static DatasetException ambiguous(Path folder, String what, List<Path> some) {
    return new DatasetException(
        folder,
        "expected folders of classes, or of the parts train, validation and test, got %s: %s. Move or rename one of them."
            .formatted(what, names(some)));
  }

  private static String names(List<Path> folders) {
    return Listed.of(folders.stream().map(DirectoryListing::name).toList());
  }

  /**
   * Refuses splits where classes are meant.
   *
   * @throws DatasetException if the subfolders sound like splits
   */
  public static void requireClasses(Path folder) throws IOException {
    Map<SplitName, Path> splits = of(folder).splits;
    if (!splits.isEmpty()) {
      throw new DatasetException(
          folder,
          "expected one subfolder for each class, got parts: %s. ImageFolder.load reads them."
              .formatted(names(List.copyOf(splits.values()))));
    }
  }
}
