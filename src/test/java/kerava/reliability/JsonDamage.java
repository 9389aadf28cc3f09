package kerava.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes JSON so that it stays JSON, mostly. */
final class JsonDamage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NEW = JsonNodeFactory.instance;

  private JsonDamage() {}

  static byte[] json(byte[] content, Random random) {
    if (random.nextInt(8) == 0) {
      return Damage.bytes(content, random);
    }
    try {
      JsonNode tree = JSON.readTree(content);
      List<ContainerNode<?>> all = new ArrayList<>();
      collect(tree, all);
      if (all.isEmpty()) {
        return Damage.bytes(content, random);
      }
      for (int i = random.nextInt(3); i >= 0; i--) {
        change(all.get(random.nextInt(all.size())), all, random);
      }
      byte[] changed = JSON.writeValueAsBytes(tree);
      return random.nextInt(50) == 0 ? nested(changed, random) : changed;
    } catch (IOException e) {
      return Damage.bytes(content, random);
    }
  }

  private static void collect(JsonNode node, List<ContainerNode<?>> all) {
    if (node instanceof ContainerNode<?> container) {
      all.add(container);
      container.forEach(child -> collect(child, all));
    }
  }

  private static void change(ContainerNode<?> node, List<ContainerNode<?>> all, Random random) {
    if (node instanceof ArrayNode array) {
      int at = array.isEmpty() ? 0 : random.nextInt(array.size());
      switch (random.nextInt(3)) {
        case 0 -> array.remove(at);
        case 1 -> array.insert(at, array.isEmpty() ? value(all, random) : array.get(at).deepCopy());
        default -> array.insert(at, value(all, random));
      }
      return;
    }
    ObjectNode object = (ObjectNode) node;
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty()) {
      object.set("name", value(all, random));
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(name + "_", object.remove(name));
      case 2 -> object.set(names.get(random.nextInt(names.size())), object.get(name).deepCopy());
      default -> object.set(name, value(all, random));
    }
  }

  private static JsonNode value(List<ContainerNode<?>> all, Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> NEW.nullNode();
      case 1 -> NEW.numberNode(Damage.number(random));
      case 2 -> NEW.numberNode((int) Damage.number(random));
      case 3 -> NEW.numberNode(new double[] {0, -0.5, 1e308, 1e-308}[random.nextInt(4)]);
      case 4 -> NEW.booleanNode(random.nextBoolean());
      case 5 -> NEW.objectNode();
      case 6 -> NEW.arrayNode();
      case 7 -> NEW.textNode("");
      case 8 -> NEW.textNode("a\r\n\u001b[2J\u202e\u0000/../" + random.nextInt(9));
      case 9 -> NEW.textNode("x".repeat(1 << random.nextInt(14)));
      default -> {
        ContainerNode<?> other = all.get(random.nextInt(all.size()));
        // Copies of copies would grow without end.
        yield other.toString().length() < 20_000 ? other.deepCopy() : NEW.nullNode();
      }
    };
  }

  /** One value becomes a list in a list in a list. */
  private static byte[] nested(byte[] content, Random random) {
    String text = new String(content, StandardCharsets.UTF_8);
    int at = text.indexOf(':', random.nextInt(text.length()));
    int depth = 1 << (6 + random.nextInt(11));
    return at < 0
        ? content
        : (text.substring(0, at + 1)
                + "[".repeat(depth)
                + "]".repeat(depth)
                + ","
                + "\"y\":"
                + text.substring(at + 1))
            .getBytes(StandardCharsets.UTF_8);
  }
}
