package kerava.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks what this machine's GPU makes of Kerava; without one, a dry run on the CPU. */
@Command(
    name = "tools/gpu/check",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the GPU's tests and trainings, compares them with the CPU's and prints figures.",
      "Trainings whose files are in the folder already are not run again.",
      "Without a GPU: a dry run on the CPU with few images."
    })
final class Check implements Callable<Integer> {
  @Option(
      names = "--only",
      split = ",",
      paramLabel = "STAGE",
      description = "Some of them: ${COMPLETION-CANDIDATES} (default: all).")
  private Set<Stage> only = EnumSet.allOf(Stage.class);

  @Option(names = "--device", defaultValue = "gpu", description = "gpu (the default) or gpu:N.")
  private String device = "gpu";

  @Option(names = "--long", description = "The paper's whole schedule for resnet20.")
  private boolean complete;

  @Option(names = "--dry-run", description = "On the CPU, even where there is a GPU.")
  private boolean dry;

  @Option(names = "--require-gpu", description = "Without a GPU, fail instead of a dry run.")
  private boolean required;

  @Option(names = "--data", description = "CIFAR-10's folder (default: $KERAVA_CIFAR10).")
  private Path data;

  @Option(names = "--out", defaultValue = "gpu-check", description = "Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("gpu-check");

  private final PrintWriter print = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  /** Ends with 0 if all is well, with 1 if a stage failed, with 2 for wrong usage. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Check()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    out = out.toAbsolutePath();
    Files.createDirectories(out);
    Child.End gpu = child("gpu").kerava(List.of("devices", "--require", device));
    if (gpu.code() != 0) {
      print.println("No GPU can be used: " + gpu.lastLine());
      if (required) {
        return 1;
      }
      dry = true;
    }
    if (dry) {
      print.println("DRY RUN on the CPU with few images: it says nothing about any GPU.");
    }
    Bench bench = bench();
    boolean good = true;
    List<String> table = new ArrayList<>();
    for (Stage stage : EnumSet.copyOf(only)) {
      Findings findings = run(stage, bench);
      good &= findings.good();
      table.addAll(findings.table());
    }
    print.println();
    table.forEach(print::println);
    Path json = summary();
    print.println((good ? "Good" : "NOT GOOD") + (dry ? " (dry run). " : ". ") + json);
    return good ? 0 : 1;
  }

  private Findings run(Stage stage, Bench bench) throws IOException, InterruptedException {
    String name = stage.name().toLowerCase(java.util.Locale.ROOT);
    print.println(name + " ...");
    Findings findings = new Findings(name);
    try {
      stage.run(bench, findings);
    } catch (Bench.CheckException | IOException e) {
      findings.fail(String.valueOf(e.getMessage()));
    }
    // At once: what was found stays, should a later stage take the machine down.
    findings.write(out.resolve("stages"));
    return findings;
  }

  private Child child(String name) {
    return new Child(out.resolve(name + ".log"), Map.of(), OptionalInt.empty());
  }

  private Bench bench() throws IOException, InterruptedException {
    String help = child("help").kerava(List.of("train", "--help")).words();
    String recipes = child("recipes").kerava(List.of("train", "--recipe", "list")).words();
    return new Bench(out, dry ? "cpu" : device, dry, complete, images(), help + recipes);
  }

  private List<String> images() {
    String known = System.getenv("KERAVA_CIFAR10");
    if (data == null && known != null) {
      data = Path.of(known);
    }
    List<String> words = new ArrayList<>();
    if (data == null) {
      print.println(
          "KERAVA_CIFAR10 is not set: the built-in shapes instead, without their targets.");
      words.addAll(List.of("--dataset", "shapes"));
    } else {
      words.addAll(List.of("--data", data.toString()));
    }
    if (dry) {
      words.addAll(List.of("--limit", "48"));
    }
    return words;
  }

  /** All stages that were ever run into this folder. */
  private Path summary() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("dry_run", dry).put("device", dry ? "cpu" : device);
    root.putArray("stages");
    try (Stream<Path> files = Files.list(out.resolve("stages"))) {
      for (Path file : files.sorted().toList()) {
        root.withArray("stages").add(mapper.readTree(Files.readString(file)));
      }
    }
    return Files.writeString(out.resolve("check.json"), root.toPrettyString() + "\n");
  }
}
