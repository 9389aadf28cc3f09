package kerava;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import kerava.graph.Scope;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;

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
    if (model.layers().stream().anyMatch(Forward::orderCounts)) {
      CallOrder.of(model).forEach(this::value);
    }
    return model.outputs().stream().map(this::value).toList();
  }

  /** Whether its calls have to be in Keras' order: each may go on from what the last one left. */
  private static boolean orderCounts(NamedLayer named) {
    return named.calls().size() > 1 || !takesMasks(named.layer()).isEmpty();
  }

  private TensorValue value(NamedLayer.Origin origin) {
    TensorValue known = values.get(origin);
    if (known != null) {
      return known;
    }
    NamedLayer named = model.layer(origin.layer());
    List<NamedLayer.Origin> origins = named.calls().get(origin.call()).inputs();
    origins.forEach(this::value);
    // Only now: another of them may have taken the mask of one.
    LayerCall call =
        new LayerCall(named.inputs(origin.call()), origins.stream().map(this::value).toList());
    List<TensorValue> outputs = called(named.layer(), scopes.apply(named.name()), call);
    for (int i = 0; i < outputs.size(); i++) {
      values.put(new NamedLayer.Origin(origin.layer(), origin.call(), i), outputs.get(i));
    }
    for (String argument : takesMasks(named.layer())) {
      call.arguments()
          .tensors(argument)
          .forEach(tensor -> values.computeIfPresent(origins.get(tensor), Forward::unmasked));
    }
    return outputs.get(origin.output());
  }

  private static List<String> takesMasks(Layer layer) {
    return layer instanceof TensorLayer full ? full.takesMasks() : List.of();
  }

  private static TensorValue unmasked(NamedLayer.Origin origin, TensorValue value) {
    return value.unmasked();
  }

  /** Calls a layer; where the masks noted of its inputs are others, so is that of its output. */
  private static List<TensorValue> called(Layer layer, Scope scope, LayerCall call) {
    List<TensorValue> outputs = layer.call(scope, call);
    if (call.values().stream().allMatch(value -> value.noted().equals(value.mask()))) {
      return outputs;
    }
    Optional<Operand<TBool>> noted = layer.outputMask(scope, call.noted());
    List<TensorValue> all = new ArrayList<>(outputs);
    all.set(0, outputs.get(0).noting(noted));
    return all;
  }
}
