package kerava;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kerava.graph.Scope;
import kerava.graph.TensorValue;

/** One walk through a model's calls, from the outputs wanted back to the inputs given. */
final class Forward {
  private final Model model;
  private final Function<String, Scope> scopes;
  private final Map<NamedLayer.Origin, TensorValue> values = new HashMap<>();

  Forward(Model model, Function<String, Scope> scopes, List<TensorValue> inputs) {
    this.model = model;
    this.scopes = scopes;
    for (int i = 0; i < inputs.size(); i++) {
      values.put(model.inputs().get(i), entered(model.inputs().get(i), inputs.get(i)));
    }
  }

  private TensorValue entered(NamedLayer.Origin origin, TensorValue value) {
    NamedLayer named = model.layer(origin.layer());
    return named.layer() instanceof Input input
        ? input.entered(scopes.apply(named.name()), value)
        : value;
  }

  List<TensorValue> outputs() {
    return model.outputs().stream().map(this::value).toList();
  }

  private TensorValue value(NamedLayer.Origin origin) {
    TensorValue known = values.get(origin);
    if (known != null) {
      return known;
    }
    NamedLayer named = model.layer(origin.layer());
    List<TensorValue> inputs =
        named.calls().get(origin.call()).inputs().stream().map(this::value).toList();
    List<TensorValue> outputs =
        named
            .layer()
            .call(scopes.apply(named.name()), new LayerCall(named.inputs(origin.call()), inputs));
    for (int i = 0; i < outputs.size(); i++) {
      values.put(new NamedLayer.Origin(origin.layer(), origin.call(), i), outputs.get(i));
    }
    return outputs.get(origin.output());
  }
}
