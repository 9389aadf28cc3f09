package kerava.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kerava.config.Visible;
import kerava.train.Evaluation;

/** The numbers of a run for programs to read; what is not finite becomes {@code null}. */
final class HistoryJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HistoryJson() {}

  static byte[] of(TrainingReport report) throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode history = root.putObject("history");
    report.history().metrics().forEach((name, values) -> addAll(history.putArray(name), values));
    Evaluation test = report.test().evaluation();
    test.metrics().forEach((name, value) -> put(root, "test_" + name, value));
    put(root, "test_loss", test.loss());
    addAll(root.putArray("seconds_per_epoch"), report.history().secondsPerEpoch());
    ObjectNode settings = root.putObject("settings");
    report.settings().forEach(settings::putPOJO);
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    String text = Visible.json(JSON.writer(printer).writeValueAsString(root));
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void addAll(ArrayNode array, List<Double> values) {
    for (double value : values) {
      if (Double.isFinite(value)) {
        array.add(value);
      } else {
        array.addNull();
      }
    }
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
