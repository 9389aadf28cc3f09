package kerava;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** One walk through a model's calls, from the outputs wanted back to the inputs given. */
final class Forward {
  private final Model model;
  private final Function<String, Scope> scopes;
  private final Map<Step.Origin, Operand<TFloat32>> values = new HashMap<>();

  Forward(Model model, Function<String, Scope> scopes, List<Operand<TFloat32>> inputs) {
    this.model = model;
    this.scopes = scopes;
    for (int i = 0; i < inputs.size(); i++) {
      values.put(model.inputs().get(i), inputs.get(i));
    }
  }

  List<Operand<TFloat32>> outputs() {
    return model.outputs().stream().map(this::value).toList();
  }

  private Operand<TFloat32> value(Step.Origin origin) {
    Operand<TFloat32> known = values.get(origin);
    if (known != null) {
      return known;
    }
    Step step = model.step(origin.step());
    List<Operand<TFloat32>> inputs =
        step.calls().get(origin.call()).inputs().stream().map(this::value).toList();
    Operand<TFloat32> value = step.layer().build(scopes.apply(step.name()), inputs);
    values.put(origin, value);
    return value;
  }
}
