package kerava.data;

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

/**
 * Which folders hold the classes: the folder itself, the one that it holds and nothing else, or its
 * parts for training, validation and testing.
 *
 * @param folder where the classes or the parts are
 * @param parts the folder of each part; empty if the folder holds classes
 * @param notes what people should know of how it was found, a sentence each
 */
record FolderLayout(Path folder, Map<Part, Path> parts, List<String> notes) {
  /** How many folders within each other are entered. */
  private static final int DEPTH = 8;

  FolderLayout {
    parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    notes = List.copyOf(notes);
  }

  /**
   * Finds the folders.
   *
   * @throws DatasetException if folders sound like parts, but cannot be, or need not be
   */
  static FolderLayout of(Path root) throws IOException {
    Path inner = inner(root, Optional.empty());
    List<String> notes = new ArrayList<>();
    if (!inner.equals(root)) {
      notes.add("Entered " + inner + ", as it is the only folder there.");
    }
    Map<Part, Path> parts = parts(inner, notes);
    if (parts.keySet().equals(Set.of(Part.TRAIN))) {
      Path alone = parts.values().iterator().next();
      notes.add("Entered " + alone + ", as there is no part beside it.");
      return new FolderLayout(inner(alone, Optional.of(Part.TRAIN)), Map.of(), notes);
    }
    Map<Part, Path> entered = new EnumMap<>(Part.class);
    for (Map.Entry<Part, Path> part : parts.entrySet()) {
      entered.put(part.getKey(), inner(part.getValue(), Optional.of(part.getKey())));
    }
    return new FolderLayout(inner, entered, notes);
  }

  /**
   * The folder at the end of folders that hold one folder each; itself if there is none.
   *
   * @param within the part that the folder is, which may be named once more
   */
  private static Path inner(Path root, Optional<Part> within) throws IOException {
    Path folder = root;
    for (int depth = 0; depth < DEPTH && Files.isDirectory(folder); depth++) {
      Entries entries = Entries.of(folder);
      if (!entries.images().isEmpty() || entries.folders().isEmpty()) {
        // It is a class, and the folder around it holds one class.
        return root;
      }
      Optional<Part> part = Part.named(Entries.name(entries.folders().get(0)));
      if (entries.folders().size() > 1 || (part.isPresent() && !part.equals(within))) {
        return folder;
      }
      folder = entries.folders().get(0);
    }
    return root;
  }

  /** The folders of parts in a folder; none if these are classes. */
  private static Map<Part, Path> parts(Path folder, List<String> notes) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Map.of();
    }
    Map<Part, Path> parts = new EnumMap<>(Part.class);
    List<Path> others = new ArrayList<>();
    for (Path sub : Entries.of(folder).folders()) {
      Optional<Part> part = Part.named(Entries.name(sub));
      Path twin = part.map(known -> parts.putIfAbsent(known, sub)).orElse(null);
      if (part.isEmpty()) {
        others.add(sub);
      } else if (twin != null) {
        throw ambiguous(folder, "two that sound alike", List.of(twin, sub));
      }
    }
    return others.isEmpty() ? parts : beside(folder, parts, others, notes);
  }

  /** Parts that have other folders beside them: these are not parts, or those are not images. */
  private static Map<Part, Path> beside(
      Path folder, Map<Part, Path> parts, List<Path> others, List<String> notes)
      throws IOException {
    if (parts.isEmpty()) {
      return parts;
    }
    Path first = parts.values().iterator().next();
    // A train is a vehicle, too.
    if (parts.keySet().equals(Set.of(Part.TRAIN)) && isClass(first)) {
      notes.add("The folder " + Entries.name(first) + " is taken for a class.");
      return Map.of();
    }
    for (Path other : others) {
      if (holdsImages(other, DEPTH)) {
        throw ambiguous(folder, "parts and others", List.of(first, other));
      }
    }
    notes.add("Passed over: folders without images, " + names(others) + ".");
    return parts;
  }

  private static boolean isClass(Path folder) throws IOException {
    Entries entries = Entries.of(folder);
    return entries.folders().isEmpty() && !entries.images().isEmpty();
  }

  private static boolean holdsImages(Path folder, int depth) throws IOException {
    Entries entries = Entries.of(folder);
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
    return Listed.of(folders.stream().map(Entries::name).toList());
  }

  /**
   * Refuses parts where classes are meant.
   *
   * @throws DatasetException if the subfolders sound like parts
   */
  static void requireClasses(Path folder) throws IOException {
    Map<Part, Path> parts = of(folder).parts;
    if (!parts.isEmpty()) {
      throw new DatasetException(
          folder,
          "expected one subfolder for each class, got parts: %s. ImageFolder.load reads them."
              .formatted(names(List.copyOf(parts.values()))));
    }
  }
}
