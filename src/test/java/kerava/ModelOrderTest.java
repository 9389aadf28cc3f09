package kerava;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kerava.layers.Add;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.layers.MaxPooling2D;
import kerava.layers.Padding;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Models list their layers as Keras' {@code model.layers} does. */
final class ModelOrderTest {
  @TestFactory
  Stream<DynamicTest> listsLayersAsKerasDoes() {
    return Golden.items(Golden.read("model_order.json")).stream()
        .map(one -> DynamicTest.dynamicTest(one.get("name").asText(), () -> check(one)));
  }

  private static void check(JsonNode golden) {
    Model model = build(golden);
    List<JsonNode> layers = Golden.items(golden.get("layers"));
    assertEquals(
        layers.stream().map(layer -> layer.get("name").asText()).toList(),
        model.layers().stream().map(NamedLayer::name).toList());
    assertAll(
        Stream.iterate(0, i -> i < layers.size(), i -> i + 1)
            .map(i -> () -> assertSame(layers.get(i), model.layers().get(i))));
    assertEquals(
        names(golden, "inputs"), model.inputs().stream().map(NamedLayer.Origin::layer).toList());
    assertEquals(
        names(golden, "outputs").stream().map(key -> key.replaceAll("#.*", "")).toList(),
        model.outputs().stream().map(NamedLayer.Origin::layer).toList());
  }

  private static void assertSame(JsonNode layer, NamedLayer named) {
    assertEquals(layer.get("class").asText(), named.layer().schema().className());
    assertEquals(
        Golden.items(layer.get("shape")).stream()
            .map(size -> size.isNull() ? -1 : size.asLong())
            .toList(),
        LongStream.of(named.outputShape().asArray()).boxed().toList());
    long parameters = named.weights().stream().mapToLong(spec -> spec.shape().size()).sum();
    assertEquals(layer.get("params").asLong(), parameters, named.name());
  }

  private static List<String> names(JsonNode golden, String key) {
    return Golden.items(golden.get(key)).stream().map(JsonNode::asText).toList();
  }

  private static Model build(JsonNode golden) {
    Map<String, Node> nodes = new HashMap<>();
    Map<String, SharedLayer> shared = new HashMap<>();
    Map<String, Integer> calls = new HashMap<>();
    for (JsonNode node : golden.get("nodes")) {
      String name = node.get("name").asText();
      String key = key(name, calls.merge(name, 1, Integer::sum) - 1);
      if (node.get("class").asText().equals("InputLayer")) {
        long[] shape =
            Golden.items(node.get("shape")).stream().mapToLong(JsonNode::asLong).toArray();
        nodes.put(key, Input.named(name, shape));
      } else {
        Node[] inputs = names(node, "inputs").stream().map(nodes::get).toArray(Node[]::new);
        SharedLayer layer = shared.computeIfAbsent(name, n -> SharedLayer.of(layer(node)));
        nodes.put(key, layer.apply(inputs));
      }
    }
    return Model.of(
        names(golden, "inputs").stream().map(nodes::get).toList(),
        names(golden, "outputs").stream().map(nodes::get).toList());
  }

  private static String key(String name, int call) {
    return call == 0 ? name : name + "#" + call;
  }

  private static Layer layer(JsonNode node) {
    Layer layer =
        switch (node.get("class").asText()) {
          case "Dense" -> Dense.of(node.get("units").asInt());
          case "Conv2D" -> Conv2D.of(node.get("filters").asInt(), 3).padding(Padding.SAME);
          case "MaxPooling2D" -> MaxPooling2D.of(2);
          case "Flatten" -> Flatten.of();
          case "Add" -> Add.of();
          case "Functional" -> ModelLayer.of(build(node.get("model")));
          default -> throw new AssertionError(node);
        };
    return layer.named(node.get("name").asText());
  }
}
