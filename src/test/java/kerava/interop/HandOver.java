package kerava.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.CompileSettings;
import kerava.Optimizer;
import kerava.StoredModel;
import kerava.TrainingState;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.saving.KerasArchive;
import kerava.train.Fit;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;

/**
 * One training in three legs, three times over: in Python alone; in Python, Java and Python; in
 * Java, Python and Java. All start from the same weights and meet the same images in the same
 * order. {@code tools/interop/handover.py} does Python's legs.
 */
final class HandOver {
  private static final int BATCH = 32;
  private static final String PLAN = "plan.json";

  private final PythonReference reference;
  private final Dataset data;
  private final List<Integer> legs;
  private final Map<String, Runs> runs = new LinkedHashMap<>();

  /**
   * What one optimizer's three trainings gave.
   *
   * @param alone the loss before each step, in Python alone
   * @param throughJava the same where Java does the second leg
   * @param throughPython the same where Python does the second leg
   * @param checks what was found at each hand-over
   */
  record Runs(
      List<Double> alone,
      List<Double> throughJava,
      List<Double> throughPython,
      List<Check> checks) {}

  /**
   * One hand-over.
   *
   * @param file the archive that changes hands
   * @param iterations how many steps the taker counts
   * @param expected how many were made
   * @param given all of the optimizer's slots as the giver held them, end to end
   * @param taken the same as the taker holds them
   * @param warnings what the taker complained about
   */
  record Check(
      String file, long iterations, long expected, Array given, Array taken, String warnings) {}

  private HandOver(PythonReference reference, Dataset data, List<Integer> legs) {
    this.reference = reference;
    this.data = data;
    this.legs = legs;
  }

  /** The reference whose subject is a plan. */
  static PythonReference reference(Path folder) {
    return new PythonReference(folder.resolve(PLAN), folder);
  }

  /** How many images all legs take. */
  static int images(List<Integer> legs) {
    return BATCH * legs.stream().mapToInt(Integer::intValue).sum();
  }

  /** Runs all three trainings with each optimizer, all of which Python knows by their names. */
  static Map<String, Runs> run(
      PythonReference reference,
      Dataset data,
      List<Integer> legs,
      Map<String, Optimizer> optimizers)
      throws IOException, InterruptedException {
    HandOver handOver = new HandOver(reference, data, legs);
    handOver.run(optimizers);
    return handOver.runs;
  }

  /** What Python does of a plan, for a reference whose subject is the plan's file. */
  static JsonNode python(PythonReference reference, Dataset data, Plan plan)
      throws IOException, InterruptedException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode node = json.createObjectNode().put("stage", plan.stage()).put("batch", BATCH);
    node.put("arithmetic", plan.arithmetic());
    node.set("legs", json.valueToTree(plan.legs()));
    node.set("optimizers", json.valueToTree(plan.optimizers()));
    reference.give(PLAN, node.toString()).give("x", data.inputs()).give("y", data.labels());
    PythonReference.run("handover.py", reference);
    return reference.report();
  }

  /**
   * What Python is to do.
   *
   * @param stage start or finish
   * @param legs how many steps each leg has
   * @param optimizers their names
   * @param arithmetic how Python computes: plain, no_onednn or from N, the image that a step begins
   *     with
   */
  record Plan(String stage, List<Integer> legs, List<String> optimizers, String arithmetic) {}

  private void run(Map<String, Optimizer> optimizers) throws IOException, InterruptedException {
    List<String> names = List.copyOf(optimizers.keySet());
    JsonNode start = python(reference, data, new Plan("start", legs, names, "plain"));
    Map<String, Made> second = new LinkedHashMap<>();
    Map<String, Made> first = new LinkedHashMap<>();
    for (Map.Entry<String, Optimizer> entry : optimizers.entrySet()) {
      String name = entry.getKey();
      second.put(name, goOn(name + ".python1", 1, name + ".java2"));
      first.put(name, begin(name, entry.getValue()));
    }
    JsonNode finish = python(reference, data, new Plan("finish", legs, names, "plain"));
    for (String name : names) {
      Made third = goOn(name + ".python2", 2, name + ".java3");
      JsonNode begun = start.get(name);
      JsonNode ended = finish.get(name);
      List<Double> alone = losses(begun.get("losses"));
      List<Double> throughJava = new ArrayList<>(alone.subList(0, legs.get(0)));
      throughJava.addAll(second.get(name).losses());
      throughJava.addAll(losses(ended.get("third")));
      List<Double> throughPython = new ArrayList<>(first.get(name).losses());
      throughPython.addAll(losses(ended.get("second")));
      throughPython.addAll(third.losses());
      int one = legs.get(0);
      int two = one + legs.get(1);
      List<Check> checks =
          List.of(
              toJava(name + ".python1", second.get(name), one),
              toPython(name + ".java1", first.get(name), ended.get("java1"), one),
              toPython(name + ".java2", second.get(name), ended.get("java2"), two),
              toJava(name + ".python2", third, two));
      runs.put(name, new Runs(alone, throughJava, throughPython, checks));
    }
  }

  private Check toJava(String file, Made made, int expected) throws IOException {
    TrainingState taken = made.before();
    return new Check(
        file,
        taken.optimizer().iterations(),
        expected,
        reference.numbers(file + ".slots"),
        flat(taken.optimizer().slots()),
        "[]");
  }

  private Check toPython(String file, Made made, JsonNode noted, int expected) throws IOException {
    return new Check(
        file,
        noted.get("iterations").asLong(),
        expected,
        flat(made.after().optimizer().slots()),
        reference.numbers(file + ".slots"),
        noted.get("warnings").toString());
  }

  /** What a leg in Java started from, gave, and ended with. */
  private record Made(TrainingState before, List<Double> losses, TrainingState after) {}

  private Made begin(String name, Optimizer optimizer) throws IOException {
    StoredModel start = KerasArchive.read(archive(name + ".start"));
    CompileSettings settings = CompileSettings.of(optimizer, SparseCategoricalCrossentropy.of());
    try (Trainer trainer = Trainer.compile(start.model(), settings, options())) {
      trainer.restore(start.weights());
      return train(trainer, 0, name + ".java1");
    }
  }

  private Made goOn(String from, int leg, String to) throws IOException {
    StoredModel stored = KerasArchive.read(archive(from));
    CompileSettings settings = stored.settings().orElseThrow();
    try (Trainer trainer = Trainer.compile(stored.model(), settings, options())) {
      trainer.restore(new TrainingState(stored.weights(), stored.optimizer().orElseThrow()));
      return train(trainer, leg, to);
    }
  }

  private static TrainerOptions options() {
    // Several replicas would add the parts of a batch in another order than Python.
    return TrainerOptions.defaults().withSeed(1).withDevice(Device.cpu()).withReplicas(1);
  }

  private Made train(Trainer trainer, int leg, String to) throws IOException {
    TrainingState before = trainer.state();
    int step = legs.subList(0, leg).stream().mapToInt(Integer::intValue).sum();
    List<Double> losses = new ArrayList<>();
    for (int i = step; i < step + legs.get(leg); i++) {
      Dataset batch = data.range(i * BATCH, (i + 1) * BATCH);
      Fit once = Fit.epochs(1).batchSize(BATCH).shuffle(false);
      losses.add(trainer.fit(batch, once).get("loss").get(0));
    }
    TrainingState after = trainer.state();
    KerasArchive.write(
        StoredModel.of(trainer.model(), after.weights())
            .compiled(trainer.settings(), after.optimizer()),
        archive(to));
    return new Made(before, losses, after);
  }

  private Path archive(String name) {
    return reference.file(name + ".keras");
  }

  private static List<Double> losses(JsonNode array) {
    List<Double> losses = new ArrayList<>();
    array.forEach(loss -> losses.add(loss.asDouble()));
    return losses;
  }

  private static Array flat(Weights slots) {
    int size = slots.arrays().stream().mapToInt(Array::size).sum();
    FloatBuffer all = FloatBuffer.allocate(size);
    slots.arrays().forEach(slot -> all.put(slot.floats()));
    return Array.of(all.array(), size);
  }
}
