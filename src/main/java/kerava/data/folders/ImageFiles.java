package kerava.data.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kerava.data.images.ImageHeader;
import kerava.files.DatasetException;
import kerava.files.NameList;
import kerava.images.ImageSize;
import kerava.images.Preprocessing;

/**
 * The image files of a folder with one subfolder for each class: the classes in the order of their
 * names, and of each class the files as Keras lists them.
 *
 * @param root the folder
 * @param classNames the names of its subfolders
 * @param samples the files
 * @param skipped what else there is
 */
public record ImageFiles(
    Path root, List<String> classNames, List<Sample> samples, SkippedFiles skipped) {
  /**
   * One file.
   *
   * @param file where it is
   * @param label the number of its class
   * @param size of the image; empty until it is checked
   */
  public record Sample(Path file, int label, Optional<ImageSize> size) {}

  /**
   * Some files without classes, their headers read.
   *
   * @throws DatasetException if one is not an image
   */
  public static ImageFiles of(List<Path> files) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Path file : files) {
      samples.add(new Sample(file, 0, Optional.of(size(ImageHeader.of(file)))));
    }
    return new ImageFiles(Path.of(""), List.of(), List.copyOf(samples), SkippedFiles.NOTHING);
  }

  /** A size that may be larger than images can be: that is refused where one is read. */
  private static ImageSize size(ImageHeader header) {
    boolean possible = ImageSize.isPossible(header.height(), header.width());
    return possible ? new ImageSize(header.height(), header.width()) : new ImageSize(1, 1);
  }

  /** The same folder with some of its files. */
  public ImageFiles only(List<Sample> some) {
    return new ImageFiles(root, classNames, List.copyOf(some), SkippedFiles.NOTHING);
  }

  /** Whether all images have the size wanted, so that their pixels stay bytes. */
  public boolean allKept(Preprocessing how) {
    return samples.stream()
        .map(sample -> sample.size().orElseThrow())
        .allMatch(size -> how.keeps(size.height(), size.width()));
  }

  /**
   * Lists the files, without a look at any.
   *
   * @throws DatasetException if it is no folder, has no subfolders, or one of them has no images
   */
  public static ImageFiles list(Path root) throws IOException {
    DirectoryListing top = folder(root);
    if (top.folders().isEmpty()) {
      throw new DatasetException(
          root,
          "expected one subfolder for each class in %s, got %s."
              .formatted(root, top.images().isEmpty() ? "none" : "images alone"));
    }
    List<Sample> samples = new ArrayList<>();
    SkippedFiles skipped =
        new SkippedFiles(top.hidden(), top.others().size(), top.images().size(), 0, 0);
    for (int label = 0; label < top.folders().size(); label++) {
      Path folder = top.folders().get(label);
      checkName(folder);
      Walk walk = new Walk(root.toRealPath());
      List<Path> files = walk.files(folder);
      for (Path file : files) {
        samples.add(new Sample(file, label, Optional.empty()));
      }
      skipped = skipped.and(walk.skipped);
    }
    return new ImageFiles(
        root,
        top.folders().stream().map(DirectoryListing::name).toList(),
        List.copyOf(samples),
        skipped);
  }

  private static DirectoryListing folder(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new DatasetException(
          root,
          "expected a folder with one subfolder for each class, got "
              + (Files.exists(root) ? "a file" : "nothing at " + root)
              + ".");
    }
    return DirectoryListing.of(root);
  }

  /** Names of classes are written into files, one a line. */
  private static void checkName(Path folder) throws DatasetException {
    String name = DirectoryListing.name(folder);
    if (name.indexOf('\ufffd') >= 0) {
      throw new DatasetException(
          folder,
          "expected a name in the character set of this process, got one with other letters. Start it"
              + " with LC_ALL=C.UTF-8.");
    }
    if (!NameList.fits(name)) {
      throw new DatasetException(
          folder,
          "expected the name of a class without line breaks and control characters, got one with"
              + " them. Rename the folder.");
    }
  }

  /** One class's folder. */
  private static final class Walk {
    private final Path root;
    private final SortedMap<String, List<Path>> byFolder =
        new TreeMap<>(DirectoryListing.codePoints());
    private SkippedFiles skipped = SkippedFiles.NOTHING;

    Walk(Path root) {
      this.root = root;
    }

    List<Path> files(Path folder) throws IOException {
      Path real = folder.toRealPath();
      if (root.startsWith(real)) {
        throw new DatasetException(
            folder,
            "expected a folder of images, got a link to a folder around it, %s.".formatted(real));
      }
      enter(folder, "", List.of(real));
      List<Path> files = byFolder.values().stream().flatMap(List::stream).toList();
      if (files.isEmpty()) {
        throw new DatasetException(
            folder,
            "expected images (png, jpg, jpeg, bmp, gif) in %s, got none.".formatted(folder));
      }
      return files;
    }

    /** Keras goes through all folders of a class in the order of their paths. */
    private void enter(Path folder, String path, List<Path> around) throws IOException {
      DirectoryListing entries = DirectoryListing.of(folder);
      byFolder.put(path, entries.images());
      skipped = skipped.and(new SkippedFiles(entries.hidden(), entries.others().size(), 0, 0, 0));
      for (Path sub : entries.folders()) {
        Path real = sub.toRealPath();
        boolean link = Files.isSymbolicLink(sub);
        boolean circle = link && (around.contains(real) || root.startsWith(real));
        skipped = skipped.and(new SkippedFiles(0, 0, 0, link && !circle ? 1 : 0, circle ? 1 : 0));
        if (!circle) {
          List<Path> deeper = new ArrayList<>(around);
          deeper.add(real);
          enter(sub, path + "/" + DirectoryListing.name(sub), deeper);
        }
      }
    }
  }

  /**
   * What the check of a file showed.
   *
   * @param sample the file, with its size if it is whole
   * @param damage what is wrong with it, if anything
   */
  private record Check(Sample sample, Optional<DatasetException> damage) {
    /** A damaged file is named by its path in the folder. */
    static Check of(Sample sample, Path base) {
      try {
        Optional<ImageSize> size = Optional.of(size(ImageHeader.complete(sample.file)));
        return new Check(new Sample(sample.file, sample.label, size), Optional.empty());
      } catch (DatasetException e) {
        return new Check(sample, Optional.of(e.within(base)));
      } catch (IOException e) {
        DatasetException unreadable =
            new DatasetException(
                sample.file, "expected a file that can be read, got " + e + ".", e);
        return new Check(sample, Optional.of(unreadable.within(base)));
      }
    }
  }

  /**
   * Checks the header and the length of each file.
   *
   * @param skipDamaged whether damaged files are left out; the first one stops it otherwise
   * @param base the folder in which damaged files are named by their paths
   * @throws DatasetException if one is damaged and that is to stop, or a class has none left
   */
  public Checked check(boolean skipDamaged, Path base) throws IOException {
    List<Check> checks = samples.stream().parallel().map(sample -> Check.of(sample, base)).toList();
    List<DatasetException> damaged = checks.stream().flatMap(c -> c.damage().stream()).toList();
    if (!damaged.isEmpty() && !skipDamaged) {
      throw damaged.get(0).withHint(howMany(damaged.size()));
    }
    List<Sample> whole =
        checks.stream().filter(check -> check.damage().isEmpty()).map(Check::sample).toList();
    for (int label = 0; label < classNames.size(); label++) {
      int wanted = label;
      if (whole.stream().noneMatch(sample -> sample.label == wanted)) {
        throw new DatasetException(
            root.resolve(classNames.get(label)), "expected whole images, got damaged ones alone.");
      }
    }
    return new Checked(
        new ImageFiles(root, classNames, whole, skipped),
        samples.size(),
        damaged.stream().map(DatasetException::where).toList());
  }

  private String howMany(int damaged) {
    return damaged == 1
        ? "It is the only one of %d; --on-damaged skip leaves it out.".formatted(samples.size())
        : "%d of %d images are damaged; --on-damaged skip leaves them out."
            .formatted(damaged, samples.size());
  }

  /**
   * Files that were checked.
   *
   * @param files those that are whole
   * @param count how many were checked
   * @param damaged the paths of the others, in the folder
   */
  public record Checked(ImageFiles files, int count, List<String> damaged) {}
}
