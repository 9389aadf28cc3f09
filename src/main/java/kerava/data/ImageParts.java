package kerava.data;

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

/**
 * The image files of a folder, in the parts that it holds.
 *
 * @param layout where they were found
 * @param files of each part; those of a folder of classes as the one to train on
 * @param notes what people should know, a sentence each
 */
record ImageParts(FolderLayout layout, Map<Part, ImageFiles> files, List<String> notes) {
  /**
   * Lists the files and checks each.
   *
   * @param skipDamaged whether damaged files are left out; the first one stops it otherwise
   * @throws DatasetException if parts have other classes, or an image is damaged and that is to
   *     stop
   */
  static ImageParts of(Path folder, boolean skipDamaged) throws IOException {
    FolderLayout layout = FolderLayout.of(folder);
    Map<Part, ImageFiles> listed = new EnumMap<>(Part.class);
    if (layout.parts().isEmpty()) {
      listed.put(Part.TRAIN, ImageFiles.list(layout.folder()));
    }
    for (Map.Entry<Part, Path> part : layout.parts().entrySet()) {
      listed.put(part.getKey(), ImageFiles.list(part.getValue()));
    }
    requireSameClasses(listed);
    Map<Part, ImageFiles> whole = new EnumMap<>(Part.class);
    List<ImageFiles.Checked> checked = new ArrayList<>();
    for (Map.Entry<Part, ImageFiles> part : listed.entrySet()) {
      checked.add(part.getValue().check(skipDamaged, folder));
      whole.put(part.getKey(), checked.get(checked.size() - 1).files());
    }
    return new ImageParts(layout, whole, notes(layout, checked));
  }

  private static void requireSameClasses(Map<Part, ImageFiles> listed) throws DatasetException {
    ImageFiles first = listed.values().iterator().next();
    for (ImageFiles part : listed.values()) {
      if (!part.classNames().equals(first.classNames())) {
        throw new DatasetException(
            part.root(),
            "expected the classes of %s, got other ones: %s."
                .formatted(
                    Entries.name(first.root()),
                    Nearest.difference(first.classNames(), part.classNames())));
      }
    }
  }

  /** Where the images come from: a part of a sentence. */
  String source(Set<Part> parts) {
    List<String> names =
        layout.parts().entrySet().stream()
            .filter(part -> parts.contains(part.getKey()))
            .map(part -> Entries.name(part.getValue()))
            .toList();
    return "images from %s in %s".formatted(String.join(" and ", names), layout.folder());
  }

  private static List<String> notes(FolderLayout layout, List<ImageFiles.Checked> checked) {
    List<String> notes = new ArrayList<>(layout.notes());
    PassedOver skipped =
        checked.stream()
            .map(each -> each.files().skipped())
            .reduce(PassedOver.NOTHING, PassedOver::and);
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
