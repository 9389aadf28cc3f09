package kerava.data.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kerava.config.Nearest;
import kerava.files.DatasetException;

/**
 * The image files of a folder, in the splits that it holds.
 *
 * @param layout where they were found
 * @param files of each split; those of a folder of classes as the one to train on
 * @param notes what people should know, a sentence each
 */
public record FolderSplits(
    FolderLayout layout, Map<SplitName, ImageFiles> files, List<String> notes) {
  /**
   * Lists the files and checks each.
   *
   * @param skipDamaged whether damaged files are left out; the first one stops it otherwise
   * @throws DatasetException if splits have other classes, or an image is damaged and that is to
   *     stop
   */
  public static FolderSplits of(Path folder, boolean skipDamaged) throws IOException {
    FolderLayout layout = FolderLayout.of(folder);
    Map<SplitName, ImageFiles> listed = new EnumMap<>(SplitName.class);
    if (layout.splits().isEmpty()) {
      listed.put(SplitName.TRAIN, ImageFiles.list(layout.folder()));
    }
    for (Map.Entry<SplitName, Path> split : layout.splits().entrySet()) {
      listed.put(split.getKey(), ImageFiles.list(split.getValue()));
    }
    requireSameClasses(listed);
    Map<SplitName, ImageFiles> whole = new EnumMap<>(SplitName.class);
    List<ImageFiles.Checked> checked = new ArrayList<>();
    for (Map.Entry<SplitName, ImageFiles> split : listed.entrySet()) {
      checked.add(split.getValue().check(skipDamaged, folder));
      whole.put(split.getKey(), checked.get(checked.size() - 1).files());
    }
    return new FolderSplits(layout, whole, notes(layout, checked));
  }

  private static void requireSameClasses(Map<SplitName, ImageFiles> listed)
      throws DatasetException {
    ImageFiles first = listed.values().iterator().next();
    for (ImageFiles split : listed.values()) {
      if (!split.classNames().equals(first.classNames())) {
        throw new DatasetException(
            split.root(),
            "expected the classes of %s, got other ones: %s."
                .formatted(
                    DirectoryListing.name(first.root()),
                    Nearest.difference(first.classNames(), split.classNames())));
      }
    }
  }

  /** Where the images come from: a part of a sentence. */
  public String source(Set<SplitName> splits) {
    List<String> names =
        layout.splits().entrySet().stream()
            .filter(split -> splits.contains(split.getKey()))
            .map(split -> DirectoryListing.name(split.getValue()))
            .toList();
    return "images from %s in %s".formatted(String.join(" and ", names), layout.folder());
  }

  private static List<String> notes(FolderLayout layout, List<ImageFiles.Checked> checked) {
    List<String> notes = new ArrayList<>(layout.notes());
    SkippedFiles skipped =
        checked.stream()
            .map(each -> each.files().skipped())
            .reduce(SkippedFiles.NOTHING, SkippedFiles::and);
    Stream.of(skipped.line(), skipped.followed()).flatMap(Optional::stream).forEach(notes::add);
    int count = checked.stream().mapToInt(ImageFiles.Checked::count).sum();
    List<String> damaged = checked.stream().flatMap(each -> each.damaged().stream()).toList();
    notes.add(
        "Looked at %d images".formatted(count)
            + (damaged.isEmpty()
                ? "."
                : "; left out as damaged: %d (%s).".formatted(damaged.size(), some(damaged))));
    return List.copyOf(notes);
  }

  private static String some(List<String> paths) {
    return String.join(", ", paths.subList(0, Math.min(3, paths.size())))
        + (paths.size() > 3 ? "..." : "");
  }
}
