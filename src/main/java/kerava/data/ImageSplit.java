package kerava.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import kerava.data.folders.FolderSplits;
import kerava.data.folders.ImageFiles;
import kerava.data.folders.SplitName;
import kerava.data.images.ImagePixels;
import kerava.images.Preprocessing;

/**
 * A folder of images in splits.
 *
 * @param train may be empty where images are only tested on
 * @param validation the same as those to test on where there are no others
 * @param test may be empty
 * @param source where all of them are from
 * @param testSource where those to test on are from
 * @param notes what people should know, a sentence each
 */
record ImageSplit(
    ImageFolder train,
    ImageFolder validation,
    ImageFolder test,
    String source,
    String testSource,
    List<String> notes)
    implements Split {
  /** The splits of a folder; a folder of classes is split with seed 1, a fifth to test on. */
  static ImageSplit of(Path folder, Preprocessing how, OnDamaged damaged) throws IOException {
    ImagePixels.shape(how);
    FolderSplits found = FolderSplits.of(folder, damaged == OnDamaged.SKIP);
    Map<SplitName, ImageFolder> splits = new EnumMap<>(SplitName.class);
    found.files().forEach((name, files) -> splits.put(name, ImageFolder.of(files, how)));
    return found.layout().splits().isEmpty()
        ? of(splits.values().iterator().next(), 0.2, 1).noted(found.notes())
        : of(splits, found);
  }

  /** The splits that folders say. */
  private static ImageSplit of(Map<SplitName, ImageFolder> splits, FolderSplits found) {
    ImageFolder none = splits.values().iterator().next().with(List.of());
    SplitName tested = splits.containsKey(SplitName.TEST) ? SplitName.TEST : SplitName.VALIDATION;
    ImageFolder test = splits.getOrDefault(tested, none);
    return new ImageSplit(
        splits.getOrDefault(SplitName.TRAIN, none),
        splits.getOrDefault(SplitName.VALIDATION, test),
        test,
        found.source(found.files().keySet()),
        found.source(Set.of(tested)),
        found.notes());
  }

  /** Splits drawn class by class; see {@link ImageFolder#split}. */
  static ImageSplit of(ImageFolder folder, double testPart, long seed) {
    if (!(testPart > 0 && testPart < 1)) {
      throw new IllegalArgumentException(
          "ImageFolder: expected a part above 0 and below 1 to test on, got " + testPart + ".");
    }
    List<ImageFiles.Sample> train = new ArrayList<>();
    List<ImageFiles.Sample> test = new ArrayList<>();
    Random random = new Random(seed);
    for (int label = 0; label < folder.classNames().size(); label++) {
      List<ImageFiles.Sample> all = ofClass(folder, label);
      Collections.shuffle(all, random);
      int tests = (int) Math.min(all.size() - 1L, Math.round(all.size() * testPart));
      test.addAll(all.subList(0, tests));
      train.addAll(all.subList(tests, all.size()));
    }
    if (test.isEmpty()) {
      throw new IllegalArgumentException(
          "ImageFolder: expected enough images to leave some to test on, got %d of %d classes."
              .formatted(folder.size(), folder.classNames().size()));
    }
    ImageFolder tested = folder.with(test);
    return new ImageSplit(
        folder.with(train),
        tested,
        tested,
        "images from %s, parted with seed %d".formatted(folder.images().root(), seed),
        "images from %s, the part that training leaves out with seed %d"
            .formatted(folder.images().root(), seed),
        List.of());
  }

  private static List<ImageFiles.Sample> ofClass(ImageFolder folder, int label) {
    return new ArrayList<>(
        folder.images().samples().stream().filter(sample -> sample.label() == label).toList());
  }

  private ImageSplit noted(List<String> sentences) {
    return new ImageSplit(train, validation, test, source, testSource, sentences);
  }

  /** The same splits for those who test alone. */
  ImageSplit tested() {
    return new ImageSplit(train, test, test, testSource, testSource, notes);
  }
}
