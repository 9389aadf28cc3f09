package kerava;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** One walk through a model's calls, from the outputs wanted back to the inputs given. */
final class Forward {
  private final Model model;
  private final Function<String, Scope> scopes;
  private final Map<NamedLayer.Origin, Operand<? extends TFloating>> values = new HashMap<>();

  Forward(
      Model model,
      Function<String, Scope> scopes,
      List<? extends Operand<? extends TFloating>> inputs) {
    this.model = model;
    this.scopes = scopes;
    for (int i = 0; i < inputs.size(); i++) {
      values.put(model.inputs().get(i), entered(model.inputs().get(i), inputs.get(i)));
    }
  }

  private Operand<? extends TFloating> entered(
      NamedLayer.Origin origin, Operand<? extends TFloating> numbers) {
    NamedLayer named = model.layer(origin.layer());
    return named.layer() instanceof Input input && input.whole()
        ? input.cut(scopes.apply(named.name()), numbers)
        : numbers;
  }

  List<Operand<? extends TFloating>> outputs() {
    return model.outputs().stream().<Operand<? extends TFloating>>map(this::value).toList();
  }

  private Operand<? extends TFloating> value(NamedLayer.Origin origin) {
    Operand<? extends TFloating> known = values.get(origin);
    if (known != null) {
      return known;
    }
    NamedLayer named = model.layer(origin.layer());
    List<Operand<? extends TFloating>> inputs =
        named.calls().get(origin.call()).inputs().stream()
            .<Operand<? extends TFloating>>map(this::value)
            .toList();
    List<Operand<? extends TFloating>> outputs =
        Precision.call(named.layer(), scopes.apply(named.name()), inputs);
    for (int i = 0; i < outputs.size(); i++) {
      values.put(new NamedLayer.Origin(origin.layer(), origin.call(), i), outputs.get(i));
    }
    return outputs.get(origin.output());
  }
}
