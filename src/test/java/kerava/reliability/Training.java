package kerava.reliability;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import kerava.saving.KerasArchive;
import kerava.saving.SavedModels;

/** {@code kerava train}: an archive, a SavedModel and a report, each with a number. */
final class Training implements Subject {
  private final Path sources;

  Training(Path sources) {
    this.sources = sources;
  }

  @Override
  public String name() {
    return "kerava train";
  }

  @Override
  public int weight() {
    return 40;
  }

  @Override
  public boolean keepsAll() {
    return true;
  }

  @Override
  public int next(int state) {
    return state + 1;
  }

  /** A number that a dead process claimed is left out. */
  @Override
  public boolean follows(int earlier, int state) {
    return state > earlier;
  }

  private static void image(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    ImageIO.write(
        new BufferedImage(Small.SIDE, Small.SIDE, BufferedImage.TYPE_INT_RGB),
        "png",
        file.toFile());
  }

  /** A folder of a few images. */
  Path images() throws IOException {
    Path folder = sources.resolve("images");
    if (!Files.exists(folder)) {
      for (String part : new String[] {"train", "test"}) {
        for (String name : new String[] {"a", "b", "c"}) {
          image(folder.resolve(part).resolve(name).resolve("1.png"));
        }
      }
    }
    return folder;
  }

  @Override
  public void write(Path folder, int state) throws IOException {
    Subjects.command(
        "train",
        "--model",
        Subjects.source(sources, 1),
        "--dataset",
        images(),
        "--epochs",
        "1",
        "--quiet",
        "--device",
        "cpu",
        "--seed",
        "1",
        "--out",
        folder.resolve("out"));
  }

  /** The number of the newest run; what has another number must be whole as well. */
  @Override
  public int read(Path folder) throws IOException {
    Path out = folder.resolve("out");
    if (!Files.isDirectory(out)) {
      return 0;
    }
    Path newest = null;
    int number = 0;
    for (Path archive : archives(out)) {
      KerasArchive.read(archive);
      String run = archive.getFileName().toString().replaceFirst("\\.keras$", "");
      String name = run.replaceFirst("-\\d+$", "");
      String version = run.substring(name.length() + 1);
      Path saved = out.resolve(name).resolve(version);
      if (Files.exists(saved)) {
        SavedModels.read(saved);
      }
      requireReport(out.resolve(run + ".report"));
      newest = out.resolve(name + ".keras");
      requireReport(out.resolve(name + ".report"));
      if (Files.exists(newest) && Files.mismatch(archive, newest) < 0) {
        number = Math.max(number, Integer.parseInt(version));
      }
    }
    if (number == 0 && newest != null && Files.exists(newest)) {
      throw new IllegalStateException("half: the newest archive is none of those with a number");
    }
    return number;
  }

  private static List<Path> archives(Path out) throws IOException {
    try (Stream<Path> entries = Files.list(out)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("\\w+-\\d+\\.keras"))
          .toList();
    }
  }

  private static void requireReport(Path report) throws IOException {
    if (!Files.exists(report)) {
      return;
    }
    Set<String> names = Trees.visible(report).keySet();
    String page = Files.readString(report.resolve("report.html"));
    for (String wanted : Arrays.asList("history.json", "history.png", "confusion.png")) {
      if (!names.contains(wanted)) {
        throw new IllegalStateException("half: a report of " + names);
      }
    }
    if (!page.strip().endsWith("</html>")) {
      throw new IllegalStateException("half: a page of " + page.length() + " characters");
    }
  }
}
