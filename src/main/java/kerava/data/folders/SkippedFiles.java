package kerava.data.folders;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much of a folder is no image of a class.
 *
 * @param hidden files and folders that systems and tools leave, such as those that begin with a dot
 * @param others files that are not images by their endings
 * @param outside images that lie in no class's folder
 * @param links links to folders within a class, which are followed
 * @param circles such links that lead to a folder around them, which are not
 */
record SkippedFiles(int hidden, int others, int outside, int links, int circles) {
  static final SkippedFiles NOTHING = new SkippedFiles(0, 0, 0, 0, 0);

  SkippedFiles and(SkippedFiles more) {
    return new SkippedFiles(
        hidden + more.hidden,
        others + more.others,
        outside + more.outside,
        links + more.links,
        circles + more.circles);
  }

  /** A line for people; empty if there is nothing to say. */
  Optional<String> line() {
    List<String> parts = new ArrayList<>();
    add(parts, hidden, "%d hidden", "%d hidden");
    add(parts, others, "%d that is not an image", "%d that are not images");
    add(parts, outside, "%d image in no class's folder", "%d images in no class's folder");
    add(parts, circles, "%d link to a folder around it", "%d links to folders around them");
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("Passed over: " + String.join(", ", parts) + ".");
  }

  /** What Keras does only where it is told to. */
  Optional<String> followed() {
    return links == 0
        ? Optional.empty()
        : Optional.of(
            "Followed %d %s within classes, as Keras does with follow_links=True."
                .formatted(links, links == 1 ? "link to a folder" : "links to folders"));
  }

  private static void add(List<String> parts, int count, String one, String many) {
    if (count > 0) {
      parts.add((count == 1 ? one : many).formatted(count));
    }
  }
}
