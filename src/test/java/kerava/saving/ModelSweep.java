package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import kerava.Model;
import kerava.NamedLayer;
import kerava.StoredModel;
import kerava.TestDevice;
import kerava.data.Npy;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
import kerava.graph.SessionOptions;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Reads the models that {@code tools/sweep/models.py} made, and says of each file whether its
 * predictions are Keras' numbers; what was read is written again beside it, for Keras to check.
 */
final class ModelSweep {
  private static final double TOLERANCE = 1e-5;

  /**
   * What became of one file.
   *
   * @param file the file
   * @param words "equal", "refused: ..." or "WRONG: ..."
   */
  record Verdict(Path file, String words) {
    boolean equal() {
      return words.equals("equal");
    }

    boolean refused() {
      return words.startsWith("refused");
    }
  }

  private ModelSweep() {}

  /** Prints what became of all models of a folder. */
  public static void main(String[] args) throws IOException {
    List<Verdict> verdicts = all(Path.of(args[0]));
    Map<String, Integer> counts = new TreeMap<>();
    for (Verdict verdict : verdicts) {
      String ending = verdict.file().toString().replaceAll(".*\\.", ".");
      counts.merge(ending + " " + verdict.words().split(":", 2)[0], 1, Integer::sum);
      if (!verdict.equal()) {
        System.out.println(verdict.file() + " " + verdict.words());
      }
    }
    System.out.println(counts);
  }

  /** What became of all models of a folder, in both formats. */
  static List<Verdict> all(Path folder) throws IOException {
    List<Verdict> verdicts = new ArrayList<>();
    List<Path> models;
    try (var children = Files.list(folder)) {
      models = children.filter(Files::isDirectory).sorted().toList();
    }
    for (Path model : models) {
      for (String name : List.of("m.keras", "m.h5")) {
        if (Files.exists(model.resolve(name))) {
          verdicts.add(verdict(model.resolve(name)));
        }
      }
    }
    return verdicts;
  }

  static Verdict verdict(Path file) throws IOException {
    try {
      boolean archive = file.toString().endsWith(".keras");
      StoredModel stored = archive ? KerasArchive.read(file) : KerasH5.read(file);
      String words = compared(file.resolveSibling("."), stored);
      if (archive) {
        KerasArchive.write(stored, file.resolveSibling("back.keras"));
      }
      return new Verdict(file, words);
    } catch (ModelFormatException e) {
      String message = String.valueOf(e.getMessage());
      return new Verdict(file, "refused: " + message.replace(file.toString(), ""));
    } catch (RuntimeException e) {
      return new Verdict(file, "WRONG: " + e);
    }
  }

  private static String compared(Path folder, StoredModel stored) throws IOException {
    JsonNode about = new ObjectMapper().readTree(folder.resolve("about.json").toFile());
    Map<String, Array> inputs = new HashMap<>();
    for (int i = 0; i < about.get("inputs").size(); i++) {
      inputs.put(about.get("inputs").get(i).asText(), Npy.read(folder.resolve("x" + i + ".npy")));
    }
    List<Array> outputs = outputs(stored.model(), stored.weights(), inputs);
    double worst = 0;
    int at = 0;
    for (int i = 0; i < outputs.size(); i++) {
      Array wanted = Npy.read(folder.resolve("y" + i + ".npy"));
      if (!wanted.shape().equals(outputs.get(i).shape())) {
        return "WRONG: shape " + outputs.get(i).shape() + " in place of " + wanted.shape();
      }
      double difference = difference(wanted.floats(), outputs.get(i).floats());
      at = difference > worst ? i : at;
      worst = Math.max(worst, difference);
    }
    return worst <= TOLERANCE ? "equal" : "WRONG: output " + at + " differs by " + worst;
  }

  private static double difference(float[] wanted, float[] got) {
    double worst = 0;
    for (int i = 0; i < wanted.length; i++) {
      double scale = Math.max(1, Math.abs(wanted[i]));
      double difference = Math.abs((double) wanted[i] - got[i]) / scale;
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    return worst;
  }

  /** The outputs of a model of any number of inputs, in the model's order. */
  static List<Array> outputs(Model model, Weights weights, Map<String, Array> inputs) {
    Network network = Network.create(0);
    Pass pass = network.pass("infer", Mode.INFER);
    List<Operand<TFloat32>> places = new ArrayList<>();
    model
        .inputShapes()
        .forEach(
            shape ->
                places.add(network.tf().placeholder(TFloat32.class, Placeholder.shape(shape))));
    List<Operand<TFloat32>> exits =
        model.build(pass, places).stream().<Operand<TFloat32>>map(network.tf()::identity).toList();
    try (NetworkSession session = network.start(SessionOptions.on(TestDevice.get()))) {
      session.initialize();
      session.write(weights);
      Session.Runner runner = session.session().runner();
      List<Tensor> fed = new ArrayList<>();
      for (int i = 0; i < places.size(); i++) {
        NamedLayer.Origin origin = model.inputs().get(i);
        fed.add(Tensors.of(Objects.requireNonNull(inputs.get(origin.layer()), origin.layer())));
        runner.feed(places.get(i), fed.get(i));
      }
      exits.forEach(runner::fetch);
      try (Result result = runner.run()) {
        List<Array> outputs = new ArrayList<>();
        for (int i = 0; i < exits.size(); i++) {
          outputs.add(Tensors.array(result.get(i)));
        }
        return outputs;
      } finally {
        fed.forEach(Tensor::close);
      }
    }
  }
}
