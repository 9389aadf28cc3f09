package kerava.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import kerava.data.folders.FolderSplits;
import kerava.data.folders.ImageFiles;
import kerava.data.folders.SplitName;

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
  /** The splits that folders say. */
  static ImageSplit of(Map<SplitName, ImageFolder> splits, FolderSplits found) {
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
  static ImageSplit of(ImageFolder images, double testPart, long seed) {
    if (!(testPart > 0 && testPart < 1)) {
      throw new IllegalArgumentException(
          "ImageFolder: expected a part above 0 and below 1 to test on, got " + testPart + ".");
    }
    List<ImageFiles.Sample> train = new ArrayList<>();
    List<ImageFiles.Sample> test = new ArrayList<>();
    Random random = new Random(seed);
    for (int label = 0; label < images.classNames().size(); label++) {
      List<ImageFiles.Sample> all = ofClass(images, label);
      Collections.shuffle(all, random);
      int tests = (int) Math.min(all.size() - 1L, Math.round(all.size() * testPart));
      test.addAll(all.subList(0, tests));
      train.addAll(all.subList(tests, all.size()));
    }
    if (test.isEmpty()) {
      throw new IllegalArgumentException(
          "ImageFolder: expected enough images to leave some to test on, got %d of %d classes."
              .formatted(images.size(), images.classNames().size()));
    }
    ImageFolder tested = images.with(test);
    return new ImageSplit(
        images.with(train),
        tested,
        tested,
        "images from %s, parted with seed %d".formatted(images.folder(), seed),
        "images from %s, the part that training leaves out with seed %d"
            .formatted(images.folder(), seed),
        List.of());
  }

  private static List<ImageFiles.Sample> ofClass(ImageFolder images, int label) {
    return new ArrayList<>(
        images.samples().stream().filter(sample -> sample.label() == label).toList());
  }

  ImageSplit noted(List<String> sentences) {
    return new ImageSplit(train, validation, test, source, testSource, sentences);
  }

  /** The same splits for those who test alone. */
  ImageSplit tested() {
    return new ImageSplit(train, test, test, testSource, testSource, notes);
  }
}
