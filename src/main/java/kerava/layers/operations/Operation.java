package kerava.layers.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import kerava.DTypePolicy;
import kerava.Inputs;
import kerava.LayerCall;
import kerava.TensorLayer;
import kerava.config.CallArguments;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Nearest;
import kerava.config.Schema;
import kerava.config.Source;
import kerava.config.Visible;
import kerava.graph.Cast;
import kerava.graph.DType;
import kerava.graph.Graphs;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;

/**
 * A function of {@code keras.ops} that a functional model uses between its layers: {@code x / 255},
 * {@code x[..., ::-1]}, {@code keras.ops.mean(x, axis=1)}. It has no weights.
 *
 * <p>It is held in the words of Keras' files, and gives values of the types that Keras gives:
 * comparisons are truths, sums of whole numbers are whole, quotients are floats. Floats of 16 bits
 * are computed in 32 and rounded.
 *
 * @see <a href="https://keras.io/api/ops/">Keras: ops</a>
 */
public final class Operation implements TensorLayer {
  private static final Key<JsonNode> ARGUMENTS =
      Key.required("arguments", Codec.of("arguments", JsonNode::<JsonNode>deepCopy, Source::node));

  /** What changes the range of pixels, where a number stands beside them. */
  private static final Set<String> SCALING =
      Set.of("Add", "Subtract", "Multiply", "Divide", "TrueDivide", "DivideNoNan", "FloorDivide");

  /** Numbers below are there to keep what is divided by from being zero. */
  private static final double NEARLY_NOTHING = 0.01;

  private final Definition definition;
  private final Config config;
  private final OperationJson json;

  private Operation(Definition definition, Config config) {
    this.definition = definition;
    this.config = config;
    this.json = new OperationJson(definition, config.get(ARGUMENTS));
  }

  /**
   * An operation by the name of its class in Keras.
   *
   * @param className {@code Mean}
   * @param made the arguments of the class: {@code {"axis": 1}}
   * @param args those of a call, in which {@link #tensor} stands for a tensor
   * @param kwargs those of a call that have names
   * @throws IllegalArgumentException if there is no such operation, or it has no such arguments
   */
  public static Operation of(String className, ObjectNode made, ArrayNode args, ObjectNode kwargs) {
    Definition definition =
        Operations.find(className)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        Visible.of(
                            "operation: expected an operation that Kerava has, such as "
                                + String.join(", ", Nearest.of(className, Operations.names()))
                                + ", got \""
                                + className
                                + "\".")));
    ObjectNode arguments = made.objectNode();
    arguments.set("config", made.deepCopy());
    arguments.set("args", args.deepCopy());
    arguments.set("kwargs", kwargs.deepCopy());
    return new Operation(definition, Config.of(className).with(ARGUMENTS, arguments));
  }

  /** What stands for one of the tensors in the arguments of a call. */
  public static JsonNode tensor(int index) {
    return CallArguments.tensor(index);
  }

  /** The names of all operations. */
  public static List<String> names() {
    return Operations.names();
  }

  /** The arguments of the class, as Keras writes them. */
  public ObjectNode made() {
    return json.tree().path("config").deepCopy();
  }

  /**
   * The arguments of a call, as Keras writes them: {@code {"args": [...], "kwargs": {...}}}.
   *
   * @param tensors what to put in the places of the tensors
   */
  public JsonNode called(List<? extends JsonNode> tensors) {
    return json.called(tensors);
  }

  @Override
  public boolean rescales() {
    return SCALING.contains(definition.name())
        && definition.called().stream().filter(this::isConstant).count() == 1;
  }

  private boolean nearlyNothing(JsonNode number) {
    boolean sum = definition.name().equals("Add") || definition.name().equals("Subtract");
    return sum && Math.abs(number.asDouble()) < NEARLY_NOTHING;
  }

  private boolean isConstant(String argument) {
    JsonNode node = json.argument(argument);
    return (node.isNumber() && !nearlyNothing(node)) || Constants.isArray(node);
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    try {
      OperationTypes types =
          OperationTypes.of(
              definition, json, inputs.tensors().stream().map(TensorSpec::type).toList());
      List<Shape> shapes =
          Graphs.shapes(inputs.tensors(), (tf, given) -> outputs(tf, types, given));
      return IntStream.range(0, shapes.size())
          .mapToObj(i -> new TensorSpec(shapes.get(i), types.result(i)))
          .toList();
    } catch (IllegalArgumentException | TensorFlowException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException(Visible.of(inputs.where() + ": " + reason), e);
    }
  }

  private List<? extends Operand<?>> outputs(
      Ops tf, OperationTypes types, List<Operand<?>> inputs) {
    return definition.body().apply(new Arguments(tf, json, types.computed(), inputs));
  }

  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    Ops tf = scope.tf();
    List<DType> given = new ArrayList<>();
    for (int i = 0; i < call.values().size(); i++) {
      given.add(type(call.inputs().tensors().get(i), call.values().get(i)));
    }
    OperationTypes types = OperationTypes.of(definition, json, given);
    List<Operand<?>> operands = new ArrayList<>();
    call.values().forEach(value -> operands.add(value.operand()));
    List<? extends Operand<?>> outputs = outputs(tf, types, operands);
    return IntStream.range(0, outputs.size())
        .mapToObj(i -> Cast.numbers(tf, outputs.get(i), types.result(i).tensorType()))
        .map(TensorValue::of)
        .toList();
  }

  /** Floats come in the type that their layer computes in; of all else the model knows more. */
  private static DType type(TensorSpec spec, TensorValue value) {
    return spec.type().floating() ? DType.of(value.operand().type()) : spec.type();
  }

  @Override
  public DTypePolicy policy() {
    return DTypePolicy.FLOAT32;
  }

  @Override
  public Operation withPolicy(DTypePolicy policy) {
    return this;
  }

  @Override
  public Operation frozen() {
    return this;
  }

  @Override
  public boolean trainable() {
    return true;
  }

  @Override
  public Schema<Operation> schema() {
    return Schema.of(
        "keras.src.ops." + definition.module(),
        definition.name(),
        changed -> new Operation(definition, changed),
        NAME,
        ARGUMENTS);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Operation that && config.equals(that.config);
  }

  @Override
  public int hashCode() {
    return config.hashCode();
  }

  @Override
  public String toString() {
    return config.toString();
  }

  @Override
  public Optional<String> name() {
    return config.get(NAME);
  }
}
