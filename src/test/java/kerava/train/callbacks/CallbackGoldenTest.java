package kerava.train.callbacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import kerava.CompileSettings;
import kerava.Golden;
import kerava.Model;
import kerava.OptimizerState;
import kerava.TrainingState;
import kerava.TrainingView;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Epoch;
import kerava.train.Run;
import kerava.train.Small;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks decide what Keras' decide on the same scripted metrics. */
final class CallbackGoldenTest {
  private static final JsonNode GOLDEN = Golden.read("callbacks.json");

  @TempDir Path folder;

  private static Stream<DynamicTest> each(String kind, Function<JsonNode, Runnable> check) {
    return Golden.items(GOLDEN.get(kind)).stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.get("sequence").asText()
                        + " "
                        + one.get("figure").asText()
                        + " "
                        + one.path("options"),
                    () -> check.apply(one).run()));
  }

  @TestFactory
  Stream<DynamicTest> stopsEarlyAsKerasDoes() {
    return each(
        "early_stopping",
        one ->
            () -> {
              Played played = new Played(earlyStopping(one), one);
              assertEquals(one.get("stopped").asInt(-1), played.stopped);
              assertEquals(one.get("weights").floatValue(), played.weights);
            });
  }

  private static Callback earlyStopping(JsonNode one) {
    JsonNode options = one.get("options");
    EarlyStopping callback = EarlyStopping.monitoring(one.get("figure").asText());
    callback = callback.patience(options.path("patience").asInt(0));
    callback = callback.minDelta(options.path("min_delta").asDouble(0));
    callback = callback.startFromEpoch(options.path("start_from_epoch").asInt(0));
    if (options.has("baseline")) {
      callback = callback.baseline(options.get("baseline").asDouble());
    }
    return options.path("restore_best_weights").asBoolean()
        ? callback.restoreBestWeights()
        : callback;
  }

  @TestFactory
  Stream<DynamicTest> lowersTheRateAsKerasDoes() {
    return each(
        "plateaus",
        one ->
            () -> {
              Played played = new Played(plateau(one), one);
              double[] rates =
                  Golden.items(one.get("rates")).stream().mapToDouble(JsonNode::asDouble).toArray();
              double[] own = played.rates.stream().mapToDouble(Double::doubleValue).toArray();
              assertArrayEquals(rates, own, 1e-7);
            });
  }

  private static Callback plateau(JsonNode one) {
    JsonNode options = one.get("options");
    ReduceLROnPlateau callback = ReduceLROnPlateau.monitoring(one.get("figure").asText());
    if (options.has("min_delta")) {
      callback = callback.minDelta(options.get("min_delta").asDouble());
    }
    return callback
        .patience(options.path("patience").asInt(10))
        .factor(options.path("factor").asDouble(0.1))
        .cooldown(options.path("cooldown").asInt(0))
        .minRate(options.path("min_lr").asDouble(0));
  }

  @TestFactory
  Stream<DynamicTest> writesCheckpointsWhenKerasDoes() {
    return each(
        "checkpoints",
        one ->
            () -> {
              List<Integer> epochs = new ArrayList<>();
              ModelCheckpoint.Writer writer = (epoch, view) -> epochs.add(epoch.index());
              String metric = one.get("figure").asText();
              Callback callback =
                  one.get("best").asBoolean()
                      ? ModelCheckpoint.best(metric, writer)
                      : ModelCheckpoint.always(writer);
              new Played(callback, one);
              assertEquals(
                  Golden.items(one.get("epochs")).stream().map(JsonNode::asInt).toList(), epochs);
            });
  }

  @Test
  void writesTheCsvFileThatKerasWrites() throws IOException {
    Path file = folder.resolve("log.csv");
    for (JsonNode one : Golden.items(GOLDEN.get("csv"))) {
      CsvLogger logger = CsvLogger.of(file);
      Callback.Observer observer =
          (one.get("append").asBoolean() ? logger.append() : logger).observe(new Script().run());
      List<JsonNode> epochs = Golden.items(one.get("epochs"));
      for (int i = 0; i < epochs.size(); i++) {
        Map<String, Double> metrics = new TreeMap<>();
        epochs.get(i).properties().forEach(e -> metrics.put(e.getKey(), e.getValue().asDouble()));
        observer.epochEnd(new Epoch(i, epochs.size(), 1, 0.1, metrics));
      }
      observer.runEnd();
      List<List<String>> expected = cells(one.get("text").asText());
      List<List<String>> own = cells(Files.readString(file));
      assertEquals(expected.size(), own.size());
      for (int i = 0; i < own.size(); i++) {
        assertSameCells(expected.get(i), own.get(i));
      }
    }
  }

  private static List<List<String>> cells(String text) {
    return text.lines().map(line -> List.of(line.split(","))).toList();
  }

  // The same numbers; Java writes 2.0E-5 where Python writes 2e-05.
  private static void assertSameCells(List<String> expected, List<String> own) {
    assertEquals(expected.size(), own.size());
    for (int i = 0; i < own.size(); i++) {
      if (Character.isDigit(own.get(i).charAt(0))) {
        assertEquals(Double.parseDouble(expected.get(i)), Double.parseDouble(own.get(i)));
      } else {
        assertEquals(expected.get(i), own.get(i));
      }
    }
  }

  /** A callback in a run whose metrics are scripted. */
  private static final class Played {
    final List<Double> rates = new ArrayList<>();
    int stopped = -1;
    float weights;

    Played(Callback callback, JsonNode one) {
      Script script = new Script();
      Callback.Observer observer = callback.observe(script.run());
      List<JsonNode> values = Golden.items(one.get("values"));
      for (int i = 0; i < values.size() && stopped < 0; i++) {
        script.follow(observer.epochBegin(i));
        script.mark = i;
        Map<String, Double> metrics = Map.of(one.get("figure").asText(), values.get(i).asDouble());
        CallbackAction decision = observer.epochEnd(new Epoch(i, values.size(), 1, 0.1, metrics));
        script.follow(decision);
        rates.add(script.rate);
        stopped = decision.stop().isPresent() ? i : -1;
      }
      script.follow(observer.runEnd());
      weights = script.mark;
    }
  }

  /** A model in training of which only one weight and the learning rate are there. */
  private static final class Script implements TrainingView {
    private double rate = 0.5;
    private float mark = -1;

    Run run() {
      return new Run(0, 100, 1, 1, this, false);
    }

    void follow(CallbackAction decision) {
      decision.learningRate().ifPresent(value -> rate = value);
      decision.weights().ifPresent(value -> mark = value.get("mark").floats()[0]);
    }

    @Override
    public CompileSettings settings() {
      return Small.settings();
    }

    @Override
    public Model model() {
      return Small.MODEL;
    }

    @Override
    public java.util.List<String> classNames() {
      return java.util.List.of();
    }

    @Override
    public Weights weights() {
      return Weights.of(Map.of("mark", Array.of(new float[] {mark})));
    }

    @Override
    public TrainingState state() {
      return new TrainingState(
          weights(), new OptimizerState(0, java.util.Optional.of((float) rate), Weights.none()));
    }

    @Override
    public double learningRate() {
      return rate;
    }
  }
}
