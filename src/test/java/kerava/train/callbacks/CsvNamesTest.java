package kerava.train.callbacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import kerava.CompileSettings;
import kerava.Metric;
import kerava.config.Visible;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.metrics.SparseTopKCategoricalAccuracy;
import kerava.optimizers.Adam;
import kerava.train.Fit;
import kerava.train.Small;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of metrics in files of numbers. */
final class CsvNamesTest {
  private static final List<String> NAMES =
      List.of(
          "a,b\"c\"",
          "line\r\nbreak",
          "\u001b[31m",
          "=1+1",
          "+x",
          "-x",
          "@x",
          " =x",
          "'=x",
          "\t=x",
          "\uff1dx",
          "a;b|c",
          "\u202ex",
          "\"",
          "x\n",
          " spaced ",
          "plain");

  @TempDir private Path folder;

  private static String shown(String name) {
    String text = Visible.of(name);
    return text.strip().matches("(?s)[=+\\-@'\uff1d].*") ? "'" + text : text;
  }

  private static Trainer trainer(Metric... metrics) {
    CompileSettings settings =
        CompileSettings.of(Adam.of(0.01), SparseCategoricalCrossentropy.of(), metrics);
    return Trainer.compile(Small.MODEL, settings, TrainerOptions.defaults());
  }

  private static void fit(Fit fit) {
    Metric[] metrics =
        NAMES.stream()
            .map(name -> SparseCategoricalAccuracy.of().named(name))
            .toArray(Metric[]::new);
    try (Trainer trainer = trainer(metrics)) {
      trainer.fit(Small.DATA, fit.batchSize(9));
    }
  }

  @Test
  void columnsAreAsManyAsFigures() throws IOException {
    Path file = folder.resolve("log.csv");
    fit(Fit.epochs(2).callbacks(CsvLogger.of(file)));
    fit(Fit.epochs(1).callbacks(CsvLogger.of(file).append()));
    assertEquals(4, Files.readString(file).lines().count());
    try (CSVParser parser = CSVParser.parse(file, UTF_8, CSVFormat.RFC4180)) {
      List<CSVRecord> rows = parser.getRecords();
      Stream<String> figures = Stream.concat(NAMES.stream(), Stream.of("loss"));
      List<String> expected =
          Stream.concat(
                  Stream.of("epoch"),
                  new TreeSet<>(figures.toList()).stream().map(CsvNamesTest::shown))
              .toList();
      assertEquals(expected, rows.get(0).toList());
      for (CSVRecord row : rows.subList(1, 4)) {
        assertEquals(NAMES.size() + 2, row.size());
        row.toList().forEach(Double::parseDouble);
      }
    }
  }

  @Test
  void aNameThatComesAgainHasANumber() {
    Metric one = SparseCategoricalAccuracy.of().named("a");
    CompileSettings settings =
        CompileSettings.of(Adam.of(0.01), SparseCategoricalCrossentropy.of(), one, one, one)
            .withWeightedMetrics(one, one, SparseTopKCategoricalAccuracy.of().named("top"));
    try (Trainer trainer = Trainer.compile(Small.MODEL, settings, TrainerOptions.defaults())) {
      assertEquals(
          List.of("a", "a_1", "a_2", "loss", "top", "weighted_a", "weighted_a_1"),
          List.copyOf(trainer.fit(Small.DATA, Fit.epochs(1)).metrics().keySet()));
      assertEquals(
          List.of("a", "a_1", "a_2", "weighted_a", "weighted_a_1", "top"),
          List.copyOf(trainer.evaluate(Small.DATA).metrics().keySet()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss", "learning_rate", "val_loss", "val_b", "b[1]"})
  void figuresKeepTheirNames(String name) {
    Metric other = SparseCategoricalAccuracy.of().named("b");
    Metric metric = SparseTopKCategoricalAccuracy.of().named(name);
    String message =
        assertThrows(IllegalArgumentException.class, () -> trainer(other, metric)).getMessage();
    assertEquals(
        "Metrics: expected names that nothing else has, got \"" + name + "\"",
        message.substring(0, message.indexOf(" beside")));
  }

  @Test
  void aNumberedNameIsNoOther() {
    Metric twice = SparseCategoricalAccuracy.of().named("b");
    Metric other = SparseTopKCategoricalAccuracy.of().named("b_1");
    String message =
        assertThrows(IllegalArgumentException.class, () -> trainer(twice, twice, other))
            .getMessage();
    assertEquals(
        "Metrics: expected names that nothing else has, got \"b_1\" beside a metric of that name."
            + " Give the metric another name.",
        message);
  }
}
