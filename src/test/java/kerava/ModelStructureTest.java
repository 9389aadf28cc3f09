package kerava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.layers.Add;
import kerava.layers.Dense;
import org.junit.jupiter.api.Test;

/** Models with several inputs and outputs, in a list or under keys. */
final class ModelStructureTest {
  @Test
  void aModelWithSeveralEndsHasNoSingleShape() {
    Node x = Input.of(4);
    Model model = Model.of(List.of(x), List.of(x.then(Dense.of(1)), x.then(Dense.of(2))));
    assertEquals("[[-1, 1], [-1, 2]]", model.outputShapes().toString());
    assertEquals(
        "Model \"functional\": expected one output, got 2.",
        assertThrows(IllegalStateException.class, model::outputShape).getMessage());
  }

  @Test
  void inputsAndOutputsUnderKeysStandInTheOrderOfTheirSortedKeys() {
    Node image = Input.named("right", 4);
    Node other = Input.of(4);
    Node sum = Add.of().apply(image, other);
    Map<String, Node> inputs = new LinkedHashMap<>();
    inputs.put("right", image);
    inputs.put("left", other);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("zz", sum.then(Dense.of(2)));
    outputs.put("aa", sum.then(Dense.of(3)));
    Model model = Model.of(inputs, outputs);
    assertEquals(List.of("left", "right"), model.inputNames());
    assertEquals(List.of("aa", "zz"), model.outputNames());
    assertEquals("[[-1, 3], [-1, 2]]", model.outputShapes().toString());
    assertEquals(Structure.keyed(List.of("zz", "aa")), model.outputStructure());
    assertEquals(model, model.named("functional"));
    assertNotEquals(
        model, Model.of(List.of(other, image), List.of(outputs.get("aa"), outputs.get("zz"))));
  }

  @Test
  void outputsWithoutKeysAreCounted() {
    Node input = Input.of(4);
    Node one = input.then(Dense.of(2));
    Node two = input.then(Dense.of(3));
    assertEquals(List.of("output_0"), Model.of(input, one).outputNames());
    assertEquals(
        List.of("output_0", "output_1"), Model.of(List.of(input), List.of(one, two)).outputNames());
    Structure nested =
        new Structure.Keyed(Structure.sorted(Map.of("b", Structure.of(2), "a", Structure.of(1))));
    Model model = Model.of(List.of(input), Structure.of(1), List.of(two, one, two), nested);
    assertEquals(List.of("a", "b_0", "b_1"), model.outputNames());
    assertEquals(
        "Model: expected 3 nodes as arranged, got 2.",
        assertThrows(
                IllegalArgumentException.class,
                () -> Model.of(List.of(input), Structure.of(1), List.of(two, one), nested))
            .getMessage());
  }
}
