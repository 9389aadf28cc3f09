package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.StoredModel;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.preprocessing.CategoryEncoding;
import kerava.layers.preprocessing.Discretization;
import kerava.layers.preprocessing.HashedCrossing;
import kerava.layers.preprocessing.Hashing;
import kerava.layers.preprocessing.IntegerLookup;
import kerava.layers.preprocessing.OutputMode;
import kerava.layers.preprocessing.Split;
import kerava.layers.preprocessing.StringLookup;
import kerava.layers.preprocessing.TextVectorization;
import kerava.saving.ExportOptions;
import kerava.saving.KerasArchive;
import kerava.saving.SavedModels;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of lookups made here: Python reads their files, and gives what is given here. */
@EnabledIfPython
final class LookupsInKerasTest {
  private static final String[] TEXTS = {
    "The cat, sat.", "", "a dog 😀", "über\u2028alles the the"
  };

  private static final List<Array> TEXT_INPUTS =
      List.of(
          Array.of(TEXTS, 4),
          Array.of(new String[] {"the", "", "x", "cat", "a\nb", "?", "dog", "the"}, 4, 2));

  private static final List<Array> NUMBER_INPUTS =
      List.of(
          Array.of(new long[] {7, -3, 1L << 40}, 3, 1),
          Array.of(new float[] {-1, 0, 1, 2, 3, 4, 5, 6, 7}, 3, 3));

  @TempDir Path folder;

  /** Layers that learned, and layers that were given what they know. */
  private static Model texts() {
    Node text = Input.named("text", DType.STRING);
    Node word = Input.named("word", DType.STRING, 2);
    List<String> vocabulary = List.of("the", "cat", "dog");
    TextVectorization plain = TextVectorization.of();
    return Model.of(
        List.of(text, word),
        List.of(
            plain.adapt(TEXTS).apply(text),
            plain
                .ngrams(2)
                .outputMode(OutputMode.TF_IDF)
                .maxTokens(30)
                .padToMaxTokens(true)
                .adapt(TEXTS)
                .apply(text),
            plain
                .split(Optional.of(Split.CHARACTER))
                .outputSequenceLength(7)
                .adapt(TEXTS)
                .apply(text),
            TextVectorization.of(vocabulary).outputMode(OutputMode.COUNT).apply(text),
            StringLookup.of().maskToken("").numOovIndices(3).adapt(TEXTS).apply(word),
            // Its vocabulary has a line end, and stays in the config.
            StringLookup.of().adapt("a\nb", "x").apply(word),
            StringLookup.of().outputMode(OutputMode.TF_IDF).adapt("the", "x", "the").apply(word),
            Hashing.of(9).salt(3, 4).maskValue("the").apply(word),
            StringLookup.of(vocabulary)
                .invert(true)
                .apply(StringLookup.of(vocabulary).apply(word))));
  }

  private static Model numbers() {
    Node number = Input.named("number", DType.INT64, 1);
    Node value = Input.named("value", 3);
    Node small = IntegerLookup.of(7, -3).apply(number);
    return Model.of(
        List.of(number, value),
        List.of(
            IntegerLookup.of().adapt(Array.of(new long[] {5, 7, 7}, 3)).apply(number),
            IntegerLookup.of(7, -3).numOovIndices(2).outputMode(OutputMode.ONE_HOT).apply(number),
            Discretization.bins(4).adapt(Array.of(new float[] {1, 2, 3, 4, 5}, 5)).apply(value),
            Discretization.of(0, 2).outputMode(OutputMode.MULTI_HOT).apply(value),
            CategoryEncoding.of(4).apply(small),
            Hashing.of(5).outputMode(OutputMode.COUNT).apply(number),
            HashedCrossing.of(11).apply(number, small)));
  }

  @Test
  void theSameValuesInPython() throws Exception {
    PythonReference texts = given("texts", texts(), TEXT_INPUTS);
    PythonReference numbers = given("numbers", numbers(), NUMBER_INPUTS);
    PythonReference.run("lookups.py", texts, numbers);
    for (PythonReference one : List.of(texts, numbers)) {
      assertEquals(7, one.report().size());
      one.report()
          .properties()
          .forEach(way -> assertEquals("[]", way.getValue().toString(), way.getKey()));
    }
    // What Keras makes of the files is read here again.
    assertEquals(
        predictions(KerasArchive.read(texts.subject()), TEXT_INPUTS),
        predictions(KerasArchive.read(texts.file("again.keras")), TEXT_INPUTS));
    assertEquals(
        predictions(KerasArchive.read(numbers.subject()), NUMBER_INPUTS),
        predictions(KerasArchive.read(numbers.file("again.keras")), NUMBER_INPUTS));
  }

  private static List<Array> predictions(StoredModel stored, List<Array> inputs) {
    try (Predictor predictor = Predictor.of(stored, Device.cpu())) {
      return predictor.predict(inputs);
    }
  }

  private PythonReference given(String name, Model model, List<Array> inputs) throws IOException {
    Path file = folder.resolve(name + ".keras");
    StoredModel stored = StoredModel.of(model, Weights.none());
    KerasArchive.write(stored, file);
    Path exported =
        SavedModels.export(
            model, Weights.none(), folder.resolve(name + "_versions"), ExportOptions.defaults());
    ObjectNode ask = new ObjectMapper().createObjectNode();
    put(ask, "inputs", inputs);
    put(ask, "outputs", predictions(stored, inputs));
    model.inputNames().forEach(ask.putArray("input_names")::add);
    model.outputNames().forEach(ask.putArray("output_names")::add);
    PythonReference reference = new PythonReference(file, folder.resolve(name));
    reference.give("ask.json", ask.toString());
    java.nio.file.Files.move(exported, reference.file("exported"));
    return reference;
  }

  private static void put(ObjectNode ask, String key, List<Array> arrays) {
    ArrayNode list = ask.putArray(key);
    for (Array array : arrays) {
      ObjectNode one = list.addObject();
      one.put("dtype", array.type().name().toLowerCase(java.util.Locale.ROOT));
      ArrayNode shape = one.putArray("shape");
      java.util.Arrays.stream(array.shape().asArray()).forEach(shape::add);
      ArrayNode data = one.putArray("data");
      switch (array.type()) {
        case STRING -> List.of(array.texts()).forEach(data::add);
        case INT64 -> java.util.Arrays.stream(array.longs()).forEach(data::add);
        case INT32 -> java.util.Arrays.stream(array.ints()).forEach(data::add);
        default -> {
          for (float number : array.floats()) {
            data.add(number);
          }
        }
      }
    }
  }
}
