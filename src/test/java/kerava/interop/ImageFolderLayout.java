package kerava.interop;

import java.util.List;

/**
 * A layout of a folder of images.
 *
 * @param right what of Keras' answer
 * @param about the folder that Keras is asked about, or the splits of it; the words of a refusal
 * @param entries files; folders end in a slash, links say where to
 */
record ImageFolderLayout(ImageFolderLayout.Right right, String about, List<String> entries) {
  /** What of Keras' answer is right. */
  enum Right {
    /** All of it. */
    ALL,
    /** All of it less what systems and tools leave, which Keras takes for images and classes. */
    LESS_HIDDEN,
    /** What it is with {@code follow_links}. */
    WITH_LINKS,
    /** That about each of the splits, which Keras takes for classes. */
    OF_SPLITS,
    /** That about the folder within, which Keras takes for the one class. */
    OF_INNER,
    /** Nothing: it is refused. */
    NOTHING
  }

  static List<ImageFolderLayout> all() {
    return List.of(
        of(Right.ALL, "", "cat/a.png", "dog/b.png"),
        of(Right.ALL, "", "dog/2.png", "dog/10.png", "dog/1.png", "cat/b.png"),
        of(Right.ALL, "", "B/a.png", "a/a.png", "C/a.png", "_d/a.png", "1/a.png", "10/a.png"),
        of(Right.ALL, "", "cat/A.PNG", "cat/b.JPG", "cat/c.JpEg", "cat/d.BMP", "cat/e.GIF"),
        of(Right.ALL, "", "cat/a.png", "cat/deep/er/b.png", "cat/z.png", "dog/x/y.png"),
        of(Right.ALL, "", "cat/a/x.png", "cat/a!/x.png", "cat/a b/x.png", "cat/a/b/x.png"),
        of(Right.ALL, "", "cat/a.png", "cat/B.png", "cat/_.png", "cat/é.png", "dog/e.png"),
        of(Right.ALL, "", "katze/ä.png", "猫/ねこ.png", "кошка/я.png", "ζ/a.png"),
        of(Right.ALL, "", "😀/a.png", "\uffee/a.png", "z/😀.png", "z/\uffee.png"),
        of(Right.ALL, "", "e\u0301/a.png", "é/a.png", "f/a.png"),
        of(Right.ALL, "", "cat/a.png", "dog/b.png", "top.png", "labels.csv"),
        of(Right.ALL, "", "cat/a.png", "cat/notes.txt", "cat/b.webp", "cat/c.tiff"),
        of(Right.ALL, "", "cat/a.b.png", "cat/.b/", "cat/x.png.txt", "cat/png", "dog/d.jpg"),
        of(Right.ALL, "", "a cat/a b.png", "a-cat/[b].png", "a*cat/?.png", "a'cat/\".png"),
        of(Right.ALL, "", "store/cat/a.png", "set/cat -> ../store/cat", "set/dog/b.png"),
        of(Right.ALL, "", "cat/a.png", "dog/b.png -> ../cat/a.png", "dog/c.png"),
        of(Right.ALL, "", "cat/a.png", "dog -> cat", "bird -> dog"),
        of(Right.ALL, "", "cat/folder.png/a.png", "cat/b.png", "dog/c.png"),
        of(Right.ALL, "", "cat/a.png"),
        of(Right.ALL, "", "train/a.png", "bus/b.png", "car/c.png"),
        of(Right.ALL, "", "retrain/a.png", "latest/b.png", "contest/c.png", "tests_x/d.png"),
        of(Right.WITH_LINKS, "", "cat/a.png", "far/x/b.png", "cat/in -> ../far/x", "dog/c.png"),
        of(Right.LESS_HIDDEN, "", "cat/a.png", "cat/.hidden.png", "cat/._a.png", "dog/b.png"),
        of(Right.LESS_HIDDEN, "", "cat/a.png", "cat/.ipynb_checkpoints/a.png", "dog/b.png"),
        of(Right.LESS_HIDDEN, "", "cat/a.png", "__MACOSX/cat/b.png", "dog/b.png", ".x/a.png"),
        of(Right.LESS_HIDDEN, "", "cat/a.png", "cat/Thumbs.db", "cat/.DS_Store", "dog/b.png"),
        of(
            Right.OF_SPLITS,
            "train test",
            "train/cat/a.png",
            "train/dog/b.png",
            "test/cat/c.png",
            "test/dog/d.png"),
        of(
            Right.OF_SPLITS,
            "train validation",
            "train/cat/a.png",
            "train/dog/b.png",
            "validation/cat/c.png",
            "validation/dog/d.png"),
        of(
            Right.OF_SPLITS,
            "Train Val Test",
            "Train/cat/a.png",
            "Val/cat/c.png",
            "Test/cat/d.png",
            "Train/dog/b.png",
            "Val/dog/c.png",
            "Test/dog/d.png"),
        of(
            Right.OF_SPLITS,
            "training valid testing",
            "training/cat/a.png",
            "valid/cat/c.png",
            "testing/cat/d.png"),
        of(
            Right.OF_SPLITS,
            "training_set test_set",
            "training_set/cat/a.png",
            "test_set/cat/c.png"),
        of(
            Right.OF_SPLITS,
            "o/data/TRAIN o/data/TEST",
            "o/data/TRAIN/cat/a.png",
            "o/data/TEST/cat/c.png",
            "o/read.me"),
        of(
            Right.OF_SPLITS,
            "seg_train/seg_train seg_test/seg_test",
            "seg_train/seg_train/sea/a.png",
            "seg_train/seg_train/ice/a.png",
            "seg_test/seg_test/sea/c.png",
            "seg_test/seg_test/ice/c.png"),
        of(
            Right.OF_SPLITS,
            "train val",
            "train/cat/a.png",
            "val/cat/c.png",
            "annotations/a.txt",
            "__MACOSX/x.png"),
        of(
            Right.OF_SPLITS,
            "train test",
            "all/cat/1.png",
            "all/dog/1.png",
            "t/cat/2.png",
            "t/dog/2.png",
            "set/train -> ../all",
            "set/test -> ../t"),
        of(
            Right.OF_INNER,
            "photos",
            "photos/cat/a.png",
            "photos/cat/b.png",
            "photos/cat/c.png",
            "photos/dog/a.png",
            "photos/dog/b.png"),
        of(
            Right.OF_INNER,
            "a/b/c",
            "a/b/c/cat/1.png",
            "a/b/c/cat/2.png",
            "a/b/c/cat/3.png",
            "a/b/c/dog/1.png",
            "a/b/c/dog/2.png",
            "__MACOSX/a/x.png",
            "a/.DS_Store"),
        of(
            Right.OF_INNER,
            "train",
            "train/cat/1.png",
            "train/cat/2.png",
            "train/cat/3.png",
            "train/dog/1.png"),
        of(Right.NOTHING, "expected images", "cat/a.png", "dog/"),
        of(Right.NOTHING, "expected images", "cat/a.png", "dog/notes.txt"),
        of(Right.NOTHING, "one subfolder for each class", "a.png", "b.png"),
        of(
            Right.NOTHING,
            "without dog, with bird",
            "train/cat/a.png",
            "train/dog/a.png",
            "test/cat/a.png",
            "test/bird/a.png"),
        of(Right.NOTHING, "one subfolder for each class", "train/a.png", "validation/b.png"),
        of(Right.NOTHING, "expected images to train on", "test/cat/a.png", "test/dog/a.png"),
        of(
            Right.NOTHING,
            "two that sound alike",
            "train/cat/a.png",
            "val/cat/a.png",
            "validation/cat/a.png"),
        of(
            Right.NOTHING,
            "parts and others",
            "train/cat/a.png",
            "test/cat/a.png",
            "more/cat/a.png"),
        of(Right.NOTHING, "parts and others", "cat/a.png", "dog/a.png", "test/a.png"),
        of(Right.NOTHING, "a folder around it", "cat/a.png", "dog/b.png", "all -> ."),
        of(Right.NOTHING, "a link to nothing", "cat/a.png", "cat/b.png -> nowhere.png"));
  }

  private static ImageFolderLayout of(Right right, String about, String... entries) {
    return new ImageFolderLayout(right, about, List.of(entries));
  }
}
