package kerava.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.cli.terminal.Console;
import kerava.cli.terminal.DownloadBar;
import kerava.data.Cifar10;
import kerava.data.Cifar10Search;
import kerava.data.ImageFolder;
import kerava.data.OnDamaged;
import kerava.data.RecordFormat;
import kerava.data.Shapes;
import kerava.data.Split;
import kerava.data.TfRecords;
import kerava.files.DatasetException;
import kerava.images.Preprocessing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that choose data. */
public final class DataOptions {
  private static final List<String> NAMES = List.of("auto", "cifar10", "shapes");

  @Spec(Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = {
        "auto (the default): CIFAR-10 if it can be had, else the built-in shapes; cifar10; shapes;",
        "or a folder of images, one subfolder a class, in train/, validation/ and test/ if they are",
        "parted; or of .tfrecord files."
      })
  private String dataset = "auto";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder that holds CIFAR-10's batches; else they are looked for.")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "Use at most N images of each part.")
  private Optional<Integer> limit = Optional.empty();

  @Option(
      names = "--on-damaged",
      paramLabel = "stop|skip",
      defaultValue = "stop",
      description =
          "What to do with damaged images, before anything else: stop (the default), or skip them.")
  private OnDamaged damaged = OnDamaged.STOP;

  /**
   * Data that were chosen.
   *
   * @param name a short name, for files
   * @param split what is trained and tested on
   */
  public record Chosen(String name, Split split) {}

  /**
   * Arguments of a command line.
   *
   * @param words one by one
   */
  public record Arguments(List<String> words) {
    public Arguments {
      words = List.copyOf(words);
    }
  }

  /** What chooses the same data again, from whatever folder. */
  public Arguments again(Chosen chosen) {
    List<String> words = new ArrayList<>();
    boolean named = NAMES.contains(dataset);
    words.add("--dataset");
    words.add(named ? chosen.name() : Path.of(dataset).toAbsolutePath().normalize().toString());
    data.ifPresent(
        folder -> words.addAll(List.of("--data", "" + folder.toAbsolutePath().normalize())));
    limit.ifPresent(n -> words.addAll(List.of("--limit", "" + n)));
    if (damaged == OnDamaged.SKIP) {
      words.addAll(List.of("--on-damaged", "skip"));
    }
    return new Arguments(words);
  }

  /** Checks the options. */
  public void check() {
    if (limit.isPresent() && limit.get() < 1) {
      throw usage("--limit: expected at least 1, got " + limit.get() + ".");
    }
    if (!NAMES.contains(dataset) && !Files.isDirectory(Path.of(dataset))) {
      throw usage(
          "--dataset: expected auto, cifar10, shapes or a folder of images, got \""
              + dataset
              + "\"."
              + DidYouMean.hint(dataset, NAMES));
    }
    if (data.isPresent() && !List.of("auto", "cifar10").contains(dataset)) {
      throw usage(
          "--data: expected beside --dataset cifar10, got it beside \""
              + dataset
              + "\". A folder of images is chosen with --dataset DIR.");
    }
  }

  private ParameterException usage(String message) {
    return Console.of(spec).usage(message);
  }

  /**
   * Reads the data to train on and to test on.
   *
   * @param how what a model expects of images, with a size
   * @param pixels what is asked for of it
   */
  public Chosen read(Console console, Preprocessing how, PixelOptions pixels) throws IOException {
    checkFiles(pixels);
    return told(console, limited(readAll(console, how, ImageFolder::load)));
  }

  /**
   * Reads the data to test on; there need not be others.
   *
   * @param how what a model expects of images, with a size
   * @param pixels what is asked for of it
   */
  public Chosen readTest(Console console, Preprocessing how, PixelOptions pixels)
      throws IOException {
    checkFiles(pixels);
    return told(console, limited(readAll(console, how, ImageFolder::loadTest)));
  }

  /** Whether the data are a folder of images or records. */
  public boolean fromFiles() {
    return Files.isDirectory(Path.of(dataset)) && !NAMES.contains(dataset);
  }

  private void checkFiles(PixelOptions pixels) {
    if (!fromFiles() && !pixels.forFiles().isEmpty()) {
      throw usage(
          pixels.forFiles().get(0)
              + ": expected beside --dataset DIR, a folder of images, got it beside "
              + dataset
              + ", whose images have one size.");
    }
  }

  /** Reads a folder of images. */
  private interface Images {
    Split load(Path folder, Preprocessing how, OnDamaged damaged) throws IOException;
  }

  private static Chosen told(Console console, Chosen data) {
    data.split().notes().forEach(console::line);
    return data;
  }

  private Chosen limited(Chosen all) {
    return limit.map(n -> new Chosen(all.name(), SplitSubset.of(all.split(), n))).orElse(all);
  }

  private Chosen readAll(Console console, Preprocessing how, Images images) throws IOException {
    return switch (dataset) {
      case "auto" -> cifarOrShapes(console);
      case "cifar10" -> new Chosen("cifar10", cifar(console));
      case "shapes" -> new Chosen("shapes", Shapes.load());
      default -> folder(Path.of(dataset), how, images);
    };
  }

  private Chosen cifarOrShapes(Console console) throws IOException {
    if (data.isPresent()) {
      return new Chosen("cifar10", cifar(console));
    }
    try {
      return new Chosen("cifar10", cifar(console));
    } catch (DatasetException e) {
      console.line("CIFAR-10 cannot be had: " + e.getMessage());
      console.line("Taking the built-in shapes instead; --dataset cifar10 insists on CIFAR-10.");
      return new Chosen("shapes", Shapes.load());
    }
  }

  private Split cifar(Console console) throws IOException {
    if (data.isPresent()) {
      return Cifar10.load(data.get());
    }
    try (DownloadBar bar = new DownloadBar(console)) {
      return Cifar10Search.standard().withListener(bar).load();
    }
  }

  private Chosen folder(Path folder, Preprocessing how, Images images) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    String name = String.valueOf(absolute.getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
    return new Chosen(
        name,
        TfRecords.in(folder)
            ? TfRecords.load(folder, RecordFormat.images(how))
            : images.load(folder, how, damaged));
  }
}
