package kerava.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.Model;
import kerava.graph.Array;

/** The outputs of a model under the names by which they are asked for. */
final class NamedOutputs {
  private NamedOutputs() {}

  static Map<String, Array> of(Model model, List<Array> outputs) {
    Map<String, Array> byName = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      byName.put(model.outputNames().get(i), outputs.get(i));
    }
    return Collections.unmodifiableMap(byName);
  }
}
