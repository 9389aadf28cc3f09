package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kerava.KerasCase;
import kerava.Model;
import kerava.TestDevice;
import kerava.graph.Array;
import kerava.saving.json.ModelWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models with values of all types, against Keras: embeddings, attention and masks, and operations
 * between layers; their outputs with types and masks, and their gradients.
 */
@Tag(TestDevice.TAG)
final class TypedModelsTest {
  private static final double FORWARD = TestDevice.tolerance(1e-5);
  private static final double GRADIENT = TestDevice.tolerance(1e-4);

  static List<TypedModel> cases() {
    return Stream.of("attention_models.json", "masked_models.json", "typed_operations.json")
        .flatMap(file -> TypedModel.all(file).stream())
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void giveWhatKerasGives(TypedModel given) {
    TypedRun run = new TypedRun(given, given.model());
    assertEquals(given.types(), run.types());
    Map<String, Array> wanted = given.results();
    Map<String, Array> got = run.results();
    assertEquals(wanted.keySet(), got.keySet());
    wanted.forEach(
        (what, array) -> {
          if (array.type() == Array.Type.STRING) {
            assertEquals(array, got.get(what), what);
          } else {
            double most = what.contains("gradient") ? GRADIENT : FORWARD;
            KerasCase.assertClose(array, got.get(what), most, what);
          }
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void areWrittenAsTheyWereRead(TypedModel given) {
    Model model = given.model();
    assertEquals(
        ModelWriter.write(model), ModelWriter.write(ModelJson.model(ModelWriter.write(model))));
  }
}
