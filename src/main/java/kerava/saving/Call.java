package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerava.config.Source;

/** The calls of layers in the configs of functional models, in the forms of Keras 3 and 2. */
final class Call {
  /**
   * The output of a call.
   *
   * @param layer the name of the layer
   * @param call which call of it
   * @param output which output of that call
   * @param counted whether nested models count a first call that they have by themselves: Keras 2
   * @param path where it stands
   */
  record Tensor(String layer, int call, int output, boolean counted, String path) {}

  private Call() {}

  /** What a layer is called with. */
  static List<Tensor> tensors(Source call) {
    List<Tensor> tensors = new ArrayList<>();
    if (call.node().isArray()) {
      for (int i = 0; i < call.node().size(); i++) {
        Source item = call.item(i);
        requireNoArguments(item.node().size() == 4 ? item.item(3) : call.field("kwargs"));
        tensors.add(triple(item, true));
      }
      return tensors;
    }
    requireNoArguments(call.field("kwargs"));
    Source args = call.field("args");
    if (!args.node().isArray() || args.node().size() != 1) {
      throw args.refuse("one tensor or one list of tensors");
    }
    Source only = args.item(0);
    if (!only.node().isArray()) {
      return List.of(tensor(only));
    }
    for (int i = 0; i < only.node().size(); i++) {
      tensors.add(tensor(only.item(i)));
    }
    return tensors;
  }

  /** All tensors in the arguments of an operation. */
  static List<Tensor> operands(Source call) {
    return OperationReader.tensors(call).stream().map(Call::tensor).toList();
  }

  /** The inputs or outputs of a model: one, a list, or an object of them. */
  static List<Tensor> ends(Source source) {
    List<Tensor> tensors = new ArrayList<>();
    JsonNode node = source.node();
    if (node.isArray() && node.size() == 3 && node.get(0).isTextual()) {
      return List.of(triple(source, false));
    }
    if (node.isObject()) {
      node.fieldNames().forEachRemaining(name -> tensors.add(triple(source.field(name), false)));
      return tensors;
    }
    if (!node.isArray() || node.isEmpty()) {
      throw source.refuse("at least one [layer, call, output]");
    }
    for (int i = 0; i < node.size(); i++) {
      tensors.add(triple(source.item(i), false));
    }
    return tensors;
  }

  private static Tensor tensor(Source source) {
    if (!source.node().path("class_name").asText().equals("__keras_tensor__")) {
      throw source.refuse("a tensor");
    }
    return triple(source.field("config").field("keras_history"), false);
  }

  private static Tensor triple(Source source, boolean counted) {
    JsonNode node = source.node();
    boolean sound =
        node.isArray()
            && node.size() >= 3
            && node.get(0).isTextual()
            && node.get(1).canConvertToInt()
            && node.get(2).canConvertToInt();
    if (!sound) {
      throw source.refuse("[layer, call, output]");
    }
    return new Tensor(
        node.get(0).textValue(),
        node.get(1).intValue(),
        node.get(2).intValue(),
        counted,
        source.path());
  }

  /** Nothing, or a list of it: Keras writes a mask for each input of a model within a model. */
  private static boolean isNothing(JsonNode value) {
    return value.isNull() || (value.isArray() && value.valueStream().allMatch(Call::isNothing));
  }

  // Keras writes the default of "training" for some layers, and heeds it in none of fit, evaluate
  // and
  // predict, which tell each layer whether they train: 3.12 and before false for each dropout, 3.4
  // and before true for augmentation.
  private static void requireNoArguments(Source kwargs) {
    for (Map.Entry<String, JsonNode> argument : kwargs.node().properties()) {
      JsonNode value = argument.getValue();
      boolean training = argument.getKey().equals("training") && value.isBoolean();
      if (!isNothing(value) && !training) {
        throw kwargs.field(argument.getKey()).refuse("no such argument of a call");
      }
    }
  }
}
