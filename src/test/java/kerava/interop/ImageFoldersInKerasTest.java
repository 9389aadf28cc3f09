package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import kerava.data.Dataset;
import kerava.data.ImageFolder;
import kerava.data.OnDamaged;
import kerava.data.Split;
import kerava.files.DatasetException;
import kerava.images.Preprocessing;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Folders of many layouts, each listed as Keras does, or in a way that the table says. */
@EnabledIfPython
final class ImageFoldersInKerasTest {
  private static final int LEAST = 25;

  @TempDir private Path root;

  /** What of Keras' answer is right. */
  private enum Right {
    /** All of it. */
    ALL,
    /** All of it less what systems and tools leave, which Keras takes for images and classes. */
    LESS_HIDDEN,
    /** What it is with {@code follow_links}. */
    WITH_LINKS,
    /** That about each of the parts, which Keras takes for classes. */
    OF_PARTS,
    /** That about the folder within, which Keras takes for the one class. */
    OF_INNER,
    /** Nothing: it is refused. */
    NOTHING
  }

  /**
   * One layout.
   *
   * @param right what of Keras' answer
   * @param about the folder that Keras is asked about, or the parts of it; the words of a refusal
   * @param entries files; folders end in a slash, links say where to
   */
  private record Layout(Right right, String about, List<String> entries) {
    static Layout of(Right right, String about, String... entries) {
      return new Layout(right, about, List.of(entries));
    }
  }

  private static List<Layout> layouts() {
    return List.of(
        Layout.of(Right.ALL, "", "cat/a.png", "dog/b.png"),
        Layout.of(Right.ALL, "", "dog/2.png", "dog/10.png", "dog/1.png", "cat/b.png"),
        Layout.of(
            Right.ALL, "", "B/a.png", "a/a.png", "C/a.png", "_d/a.png", "1/a.png", "10/a.png"),
        Layout.of(Right.ALL, "", "cat/A.PNG", "cat/b.JPG", "cat/c.JpEg", "cat/d.BMP", "cat/e.GIF"),
        Layout.of(Right.ALL, "", "cat/a.png", "cat/deep/er/b.png", "cat/z.png", "dog/x/y.png"),
        Layout.of(Right.ALL, "", "cat/a/x.png", "cat/a!/x.png", "cat/a b/x.png", "cat/a/b/x.png"),
        Layout.of(Right.ALL, "", "cat/a.png", "cat/B.png", "cat/_.png", "cat/é.png", "dog/e.png"),
        Layout.of(Right.ALL, "", "katze/ä.png", "猫/ねこ.png", "кошка/я.png", "ζ/a.png"),
        Layout.of(Right.ALL, "", "😀/a.png", "\uffee/a.png", "z/😀.png", "z/\uffee.png"),
        Layout.of(Right.ALL, "", "e\u0301/a.png", "é/a.png", "f/a.png"),
        Layout.of(Right.ALL, "", "cat/a.png", "dog/b.png", "top.png", "labels.csv"),
        Layout.of(Right.ALL, "", "cat/a.png", "cat/notes.txt", "cat/b.webp", "cat/c.tiff"),
        Layout.of(Right.ALL, "", "cat/a.b.png", "cat/.b/", "cat/x.png.txt", "cat/png", "dog/d.jpg"),
        Layout.of(Right.ALL, "", "a cat/a b.png", "a-cat/[b].png", "a*cat/?.png", "a'cat/\".png"),
        Layout.of(Right.ALL, "", "store/cat/a.png", "set/cat -> ../store/cat", "set/dog/b.png"),
        Layout.of(Right.ALL, "", "cat/a.png", "dog/b.png -> ../cat/a.png", "dog/c.png"),
        Layout.of(Right.ALL, "", "cat/a.png", "dog -> cat", "bird -> dog"),
        Layout.of(Right.ALL, "", "cat/folder.png/a.png", "cat/b.png", "dog/c.png"),
        Layout.of(Right.ALL, "", "cat/a.png"),
        Layout.of(Right.ALL, "", "train/a.png", "bus/b.png", "car/c.png"),
        Layout.of(Right.ALL, "", "retrain/a.png", "latest/b.png", "contest/c.png", "tests_x/d.png"),
        Layout.of(
            Right.WITH_LINKS, "", "cat/a.png", "far/x/b.png", "cat/in -> ../far/x", "dog/c.png"),
        Layout.of(
            Right.LESS_HIDDEN, "", "cat/a.png", "cat/.hidden.png", "cat/._a.png", "dog/b.png"),
        Layout.of(Right.LESS_HIDDEN, "", "cat/a.png", "cat/.ipynb_checkpoints/a.png", "dog/b.png"),
        Layout.of(
            Right.LESS_HIDDEN, "", "cat/a.png", "__MACOSX/cat/b.png", "dog/b.png", ".x/a.png"),
        Layout.of(
            Right.LESS_HIDDEN, "", "cat/a.png", "cat/Thumbs.db", "cat/.DS_Store", "dog/b.png"),
        Layout.of(
            Right.OF_PARTS,
            "train test",
            "train/cat/a.png",
            "train/dog/b.png",
            "test/cat/c.png",
            "test/dog/d.png"),
        Layout.of(
            Right.OF_PARTS,
            "train validation",
            "train/cat/a.png",
            "train/dog/b.png",
            "validation/cat/c.png",
            "validation/dog/d.png"),
        Layout.of(
            Right.OF_PARTS,
            "Train Val Test",
            "Train/cat/a.png",
            "Val/cat/c.png",
            "Test/cat/d.png",
            "Train/dog/b.png",
            "Val/dog/c.png",
            "Test/dog/d.png"),
        Layout.of(
            Right.OF_PARTS,
            "training valid testing",
            "training/cat/a.png",
            "valid/cat/c.png",
            "testing/cat/d.png"),
        Layout.of(
            Right.OF_PARTS,
            "training_set test_set",
            "training_set/cat/a.png",
            "test_set/cat/c.png"),
        Layout.of(
            Right.OF_PARTS,
            "o/data/TRAIN o/data/TEST",
            "o/data/TRAIN/cat/a.png",
            "o/data/TEST/cat/c.png",
            "o/read.me"),
        Layout.of(
            Right.OF_PARTS,
            "seg_train/seg_train seg_test/seg_test",
            "seg_train/seg_train/sea/a.png",
            "seg_train/seg_train/ice/a.png",
            "seg_test/seg_test/sea/c.png",
            "seg_test/seg_test/ice/c.png"),
        Layout.of(
            Right.OF_PARTS,
            "train val",
            "train/cat/a.png",
            "val/cat/c.png",
            "annotations/a.txt",
            "__MACOSX/x.png"),
        Layout.of(
            Right.OF_PARTS,
            "train test",
            "all/cat/1.png",
            "all/dog/1.png",
            "t/cat/2.png",
            "t/dog/2.png",
            "set/train -> ../all",
            "set/test -> ../t"),
        Layout.of(
            Right.OF_INNER,
            "photos",
            "photos/cat/a.png",
            "photos/cat/b.png",
            "photos/cat/c.png",
            "photos/dog/a.png",
            "photos/dog/b.png"),
        Layout.of(
            Right.OF_INNER,
            "a/b/c",
            "a/b/c/cat/1.png",
            "a/b/c/cat/2.png",
            "a/b/c/cat/3.png",
            "a/b/c/dog/1.png",
            "a/b/c/dog/2.png",
            "__MACOSX/a/x.png",
            "a/.DS_Store"),
        Layout.of(
            Right.OF_INNER,
            "train",
            "train/cat/1.png",
            "train/cat/2.png",
            "train/cat/3.png",
            "train/dog/1.png"),
        Layout.of(Right.NOTHING, "expected images", "cat/a.png", "dog/"),
        Layout.of(Right.NOTHING, "expected images", "cat/a.png", "dog/notes.txt"),
        Layout.of(Right.NOTHING, "one subfolder for each class", "a.png", "b.png"),
        Layout.of(
            Right.NOTHING,
            "without dog, with bird",
            "train/cat/a.png",
            "train/dog/a.png",
            "test/cat/a.png",
            "test/bird/a.png"),
        Layout.of(Right.NOTHING, "one subfolder for each class", "train/a.png", "validation/b.png"),
        Layout.of(Right.NOTHING, "expected images to train on", "test/cat/a.png", "test/dog/a.png"),
        Layout.of(
            Right.NOTHING,
            "two that sound alike",
            "train/cat/a.png",
            "val/cat/a.png",
            "validation/cat/a.png"),
        Layout.of(
            Right.NOTHING,
            "parts and others",
            "train/cat/a.png",
            "test/cat/a.png",
            "more/cat/a.png"),
        Layout.of(Right.NOTHING, "parts and others", "cat/a.png", "dog/a.png", "test/a.png"),
        Layout.of(Right.NOTHING, "a folder around it", "cat/a.png", "dog/b.png", "all -> ."),
        Layout.of(Right.NOTHING, "a link to nothing", "cat/a.png", "cat/b.png -> nowhere.png"));
  }

  /** A layout on the disk. */
  private record Case(Layout layout, Path folder, List<PythonJudge> judges) {}

  @TestFactory
  Stream<DynamicTest> listsAsKerasDoes() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (Layout layout : layouts()) {
      cases.add(make(layout, root.resolve("case" + cases.size())));
    }
    PythonJudge.ask(
        "image_folders.py",
        cases.stream().flatMap(one -> one.judges.stream()).toArray(PythonJudge[]::new));
    assertTrue(cases.size() >= LEAST);
    return cases.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.layout.right + " " + one.layout.entries, () -> compare(one)));
  }

  private static Case make(Layout layout, Path place) throws IOException {
    Path folder = place.resolve("data");
    for (String entry : layout.entries) {
      String[] link = entry.split(" -> ", 2);
      Path path = folder.resolve(link[0]);
      Files.createDirectories(entry.endsWith("/") ? path : path.getParent());
      if (link.length == 2) {
        Files.createSymbolicLink(path, Path.of(link[1]));
      } else if (!entry.endsWith("/")) {
        Files.write(path, content(entry));
      }
    }
    // What links lead to lies beside the data set.
    Path set = Files.exists(folder.resolve("set")) ? folder.resolve("set") : folder;
    List<PythonJudge> judges = new ArrayList<>();
    for (String part : layout.right == Right.NOTHING ? List.<String>of() : parts(layout)) {
      judges.add(
          new PythonJudge(
              set.resolve(part), Files.createDirectories(place.resolve("answer" + judges.size()))));
    }
    return new Case(layout, set, judges);
  }

  private static List<String> parts(Layout layout) {
    return Pattern.compile(" ").splitAsStream(layout.about).toList();
  }

  private static byte[] content(String name) throws IOException {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean written =
        ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), ending, out);
    return written ? out.toByteArray() : new byte[] {'n', 'o'};
  }

  private static void compare(Case one) throws IOException {
    switch (one.layout.right) {
      case ALL -> assertEquals(keras(one, 0, "plain"), whole(one.folder));
      case WITH_LINKS -> assertEquals(keras(one, 0, "follow_links"), whole(one.folder));
      case LESS_HIDDEN -> assertEquals(visible(keras(one, 0, "plain")), whole(one.folder));
      case OF_PARTS -> parts(one);
      case OF_INNER -> inner(one);
      case NOTHING -> refused(one);
    }
  }

  /** What a folder holds: classes, and files with the names of their classes, in order. */
  private record Listing(List<String> classes, List<String> files) {}

  private static Listing keras(Case one, int judge, String how) throws IOException {
    JsonNode answer = one.judges.get(judge).report().get(how);
    List<String> classes = texts(answer.get("class_names"));
    List<String> files = texts(answer.get("files"));
    return new Listing(
        classes,
        IntStream.range(0, files.size())
            .mapToObj(i -> classes.get(answer.get("labels").get(i).asInt()) + ": " + files.get(i))
            .toList());
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Listing visible(Listing all) {
    return new Listing(
        all.classes.stream().filter(name -> !name.equals("__MACOSX")).toList(),
        all.files.stream()
            .filter(file -> !file.contains("/.") && !file.contains("__MACOSX"))
            .toList());
  }

  private static Listing whole(Path folder) throws IOException {
    return listing(folder, ImageFolder.of(folder, 2, 2));
  }

  private static Listing listing(Path folder, Dataset data) {
    ImageFolder images = (ImageFolder) data;
    int[] labels = images.labels().ints();
    List<Path> files = images.files();
    return new Listing(
        images.classNames(),
        IntStream.range(0, files.size())
            .mapToObj(
                i -> images.classNames().get(labels[i]) + ": " + folder.relativize(files.get(i)))
            .toList());
  }

  private static void parts(Case one) throws IOException {
    Split split = ImageFolder.load(one.folder, Preprocessing.of(2, 2));
    List<String> names = parts(one.layout);
    Dataset last = split.test();
    List<Dataset> got =
        names.size() == 3
            ? List.of(split.train(), split.validation(), last)
            : List.of(split.train(), last);
    assertEquals(last == split.validation(), names.size() == 2);
    for (int i = 0; i < names.size(); i++) {
      assertEquals(keras(one, i, "plain"), listing(one.judges.get(i).subject(), got.get(i)));
    }
    // Never as classes that are called train and test.
    assertThrows(DatasetException.class, () -> ImageFolder.of(one.folder, 2, 2));
  }

  private static void inner(Case one) throws IOException {
    Split split = ImageFolder.load(one.folder, Preprocessing.of(2, 2));
    Path folder = one.judges.get(0).subject();
    Listing keras = keras(one, 0, "plain");
    Listing train = listing(folder, split.train());
    Listing test = listing(folder, split.test());
    assertEquals(keras.classes, train.classes);
    assertEquals(keras.classes, test.classes);
    Set<String> all = new HashSet<>(train.files);
    all.addAll(test.files);
    assertEquals(new TreeSet<>(keras.files), new TreeSet<>(all));
    assertTrue(split.notes().get(0).startsWith("Entered " + folder), split.notes().get(0));
  }

  private static void refused(Case one) {
    String message =
        assertThrows(
                DatasetException.class,
                () -> ImageFolder.load(one.folder, Preprocessing.of(2, 2), OnDamaged.STOP))
            .getMessage();
    assertTrue(message.contains(one.layout.about), message);
    assertTrue(message.length() < 300, message);
  }
}
