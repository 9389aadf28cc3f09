package kerava.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;

/** Functions as TensorFlow writes them. */
final class FunctionDefs {
  private static final String AFTER = "^";

  private FunctionDefs() {}

  /**
   * A function without effects whose operations come in no order but that of what they use, and
   * without those that nothing uses: TensorFlow's gradients hold on to many by asking for an order.
   */
  static FunctionDef unordered(FunctionDef function) {
    Map<String, NodeDef> nodes = new HashMap<>();
    function.getNodeDefList().forEach(node -> nodes.put(node.getName(), node));
    Set<String> used = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(function.getRetMap().values());
    while (!open.isEmpty()) {
      String name = open.remove().replaceFirst(":.*", "");
      if (nodes.containsKey(name) && used.add(name)) {
        nodes.get(name).getInputList().stream()
            .filter(input -> !input.startsWith(AFTER))
            .forEach(open::add);
      }
    }
    FunctionDef.Builder builder = function.toBuilder().clearNodeDef();
    for (NodeDef node : function.getNodeDefList()) {
      if (used.contains(node.getName())) {
        NodeDef.Builder kept = node.toBuilder().clearInput();
        node.getInputList().stream()
            .filter(input -> !input.startsWith(AFTER))
            .forEach(kept::addInput);
        builder.addNodeDef(kept);
      }
    }
    return builder.build();
  }
}
