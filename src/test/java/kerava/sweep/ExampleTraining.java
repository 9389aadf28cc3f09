package kerava.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kerava.Model;
import kerava.StoredModel;
import kerava.TestDevice;
import kerava.data.Dataset;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.saving.KerasArchive;
import kerava.train.Evaluation;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;

/** Trains an example on its one batch, and compares each step with Keras'. */
final class ExampleTraining {
  private static final double TOLERANCE = 1e-4;

  private ExampleTraining() {}

  /** What became of it, in the words of {@link ExampleVerdict}. */
  static String of(ExampleFile example, StoredModel stored) throws IOException {
    if (stored.settings().isEmpty()) {
      return ExampleVerdict.NOT_YET + " compiled";
    }
    Dataset data = data(example, stored.model());
    Fit fit = Fit.epochs(5).batchSize(data.size()).shuffle(false);
    fit = fit.classWeights(example.classWeights());
    if (example.sampleWeights().isPresent()) {
      fit = fit.sampleWeights(example.sampleWeights().get().floats());
    }
    TrainerOptions options = TrainerOptions.defaults().withSeed(1).withDevice(TestDevice.get());
    try (Trainer trainer = Trainer.compile(stored.model(), stored.settings().get(), options)) {
      trainer.restore(stored.weights());
      History history = trainer.fit(data, fit);
      String words = compared(example, history, trainer.weights());
      return ExampleVerdict.isGood(words) && example.evaluation().isPresent()
          ? evaluated(example.evaluation().get(), trainer.evaluate(data, 3), words)
          : words;
    }
  }

  private static Dataset data(ExampleFile example, Model model) {
    List<Array> targets = example.targets().stream().map(ExampleTraining::labels).toList();
    if (example.inputs().size() == 1 && targets.size() == 1) {
      return Dataset.of(example.inputs().values().iterator().next(), targets.get(0));
    }
    Map<String, Array> named = new LinkedHashMap<>();
    for (int i = 0; i < targets.size(); i++) {
      named.put(model.targetNames().get(i), targets.get(i));
    }
    return Dataset.of(example.inputs(), named);
  }

  /** A data set has class numbers of 32 bits. */
  private static Array labels(Array array) {
    return array.type() == Array.Type.INT64 ? array.to(Array.Type.INT32) : array;
  }

  private static String compared(ExampleFile example, History history, Weights weights)
      throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    double most = 0;
    for (Map.Entry<String, List<Double>> metric : example.history().entrySet()) {
      List<Double> got = history.metrics().get(metric.getKey());
      if (got == null) {
        missing.add(metric.getKey());
        continue;
      }
      for (int i = 0; i < metric.getValue().size(); i++) {
        double wanted = metric.getValue().get(i);
        most = Math.max(most, Apart.one(wanted, got.get(i)));
        if (Apart.one(wanted, got.get(i)) > TOLERANCE) {
          wrong.add(
              "%s %.6f in place of %.6f in step %d"
                  .formatted(metric.getKey(), got.get(i), wanted, i + 1));
          break;
        }
      }
    }
    if (!wrong.isEmpty()) {
      return "WRONG: " + wrong;
    }
    if (!missing.isEmpty()) {
      return "metrics: no " + missing + ", has " + history.metrics().keySet();
    }
    String words = weights(example, weights);
    return words.equals(ExampleVerdict.OK) ? ExampleVerdict.ok(most) : words;
  }

  private static String evaluated(Map<String, Double> wanted, Evaluation evaluation, String words) {
    Map<String, Double> got = new TreeMap<>(evaluation.metrics());
    got.put("loss", evaluation.loss());
    List<String> wrong = new ArrayList<>();
    wanted.forEach(
        (name, value) -> {
          Double own = got.get(name);
          if (own == null || Apart.one(value, own) > TOLERANCE) {
            wrong.add("%s %.6f in place of %.6f".formatted(name, own, value));
          }
        });
    return wrong.isEmpty() ? words : "WRONG: evaluation: " + wrong;
  }

  private static String weights(ExampleFile example, Weights weights) throws IOException {
    Weights wanted;
    try {
      wanted =
          KerasArchive.read(example.folder().resolve("trained.keras"), ExampleModels.REGISTRY)
              .weights();
    } catch (ModelFormatException e) {
      return "WRONG: trained.keras: " + e.getMessage();
    }
    double worst = 0;
    String at = "";
    for (String name : wanted.names()) {
      Array array = wanted.get(name);
      if (array.type() != Array.Type.FLOAT32 || example.isLoose(name)) {
        continue;
      }
      double apart = Apart.most(array.floats(), weights.get(name).floats());
      at = apart > worst ? name : at;
      worst = Math.max(worst, apart);
    }
    return worst <= TOLERANCE
        ? ExampleVerdict.OK
        : "weights: %s differs by %.2g".formatted(at, worst);
  }
}
