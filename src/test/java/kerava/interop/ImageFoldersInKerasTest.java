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

  /** A layout on the disk. */
  private record Case(ImageFolderLayout layout, Path folder, List<PythonReference> references) {}

  @TestFactory
  Stream<DynamicTest> listsAsKerasDoes() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (ImageFolderLayout layout : ImageFolderLayout.all()) {
      cases.add(make(layout, root.resolve("case" + cases.size())));
    }
    PythonReference.run(
        "image_folders.py",
        cases.stream().flatMap(one -> one.references.stream()).toArray(PythonReference[]::new));
    assertTrue(cases.size() >= LEAST);
    return cases.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.layout.right() + " " + one.layout.entries(), () -> compare(one)));
  }

  private static Case make(ImageFolderLayout layout, Path place) throws IOException {
    Path folder = place.resolve("data");
    for (String entry : layout.entries()) {
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
    List<PythonReference> references = new ArrayList<>();
    for (String part :
        layout.right() == ImageFolderLayout.Right.NOTHING ? List.<String>of() : parts(layout)) {
      references.add(
          new PythonReference(
              set.resolve(part),
              Files.createDirectories(place.resolve("answer" + references.size()))));
    }
    return new Case(layout, set, references);
  }

  private static List<String> parts(ImageFolderLayout layout) {
    return Pattern.compile(" ").splitAsStream(layout.about()).toList();
  }

  private static byte[] content(String name) throws IOException {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean written =
        ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), ending, out);
    return written ? out.toByteArray() : new byte[] {'n', 'o'};
  }

  private static void compare(Case one) throws IOException {
    switch (one.layout.right()) {
      case ALL -> assertEquals(keras(one, 0, "plain"), whole(one.folder));
      case WITH_LINKS -> assertEquals(keras(one, 0, "follow_links"), whole(one.folder));
      case LESS_HIDDEN -> assertEquals(visible(keras(one, 0, "plain")), whole(one.folder));
      case OF_SPLITS -> splits(one);
      case OF_INNER -> inner(one);
      case NOTHING -> refused(one);
    }
  }

  /** What a folder holds: classes, and files with the names of their classes, in order. */
  private record Listing(List<String> classes, List<String> files) {}

  private static Listing keras(Case one, int reference, String how) throws IOException {
    JsonNode answer = one.references.get(reference).report().get(how);
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

  private static void splits(Case one) throws IOException {
    Split split = ImageFolder.load(one.folder, Preprocessing.of(2, 2));
    List<String> names = parts(one.layout);
    Dataset last = split.test();
    List<Dataset> got =
        names.size() == 3
            ? List.of(split.train(), split.validation(), last)
            : List.of(split.train(), last);
    assertEquals(last == split.validation(), names.size() == 2);
    for (int i = 0; i < names.size(); i++) {
      assertEquals(keras(one, i, "plain"), listing(one.references.get(i).subject(), got.get(i)));
    }
    // Never as classes that are called train and test.
    assertThrows(DatasetException.class, () -> ImageFolder.of(one.folder, 2, 2));
  }

  private static void inner(Case one) throws IOException {
    Split split = ImageFolder.load(one.folder, Preprocessing.of(2, 2));
    Path folder = one.references.get(0).subject();
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
    assertTrue(message.contains(one.layout.about()), message);
    assertTrue(message.length() < 300, message);
  }
}
