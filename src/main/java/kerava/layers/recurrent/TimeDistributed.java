package kerava.layers.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kerava.DTypePolicy;
import kerava.InnerLayer;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.ModelLayer;
import kerava.TensorLayer;
import kerava.config.CallArguments;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.SnakeCase;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import kerava.layers.ActivityRegularization;
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Calls a layer at each step of a sequence: (batch, steps, ...) → (batch, steps, ...).
 *
 * <p>Its weights are those of the layer. As in Keras, a penalty that the layer has on its output is
 * not heeded.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/recurrent_layers/time_distributed/">Keras:
 *     TimeDistributed</a>
 */
public record TimeDistributed(Config config) implements TensorLayer {
  private static final Key<Layer> LAYER = Key.required("layer", Codec.object(Layer.class));

  /** How the layer is written and read. */
  public static final Schema<TimeDistributed> SCHEMA =
      Layer.schema("TimeDistributed", TimeDistributed::new, LAYER);

  /** Layers that Keras gives the mask of a step, beside those that have an argument for it. */
  private static final Set<String> MASKED =
      Set.of("BatchNormalization", "Softmax", "GlobalAveragePooling1D");

  /** The layer that is called at each step; a model is one by {@link ModelLayer#of}. */
  public static TimeDistributed of(Layer layer) {
    return new TimeDistributed(SCHEMA.config().with(LAYER, layer));
  }

  private Layer layer() {
    return config.get(LAYER);
  }

  @Override
  public TimeDistributed withPolicy(DTypePolicy policy) {
    return new TimeDistributed(config.with(DTYPE, policy).with(LAYER, layer().withPolicy(policy)));
  }

  @Override
  public List<InnerLayer> inner(Inputs inputs) {
    TensorSpec all = one(inputs);
    Shape step = all.shape().tail().tail().prepend(all.shape().get(0));
    String name = layer().name().orElseGet(() -> SnakeCase.of(layer().schema().className()));
    Inputs own =
        new Inputs(
            inputs.where(),
            List.of(new TensorSpec(step, all.type())),
            CallArguments.of(layer().arguments().get(0), 1));
    // The number type is the outer layer's, and the penalty on the output is nobody's; the layers
    // of a model have their own.
    boolean whole = layer() instanceof ModelLayer;
    Layer called = whole ? layer() : quiet(layer().withPolicy(policy()));
    return List.of(new InnerLayer("layer", name, called, own));
  }

  private static TensorSpec one(Inputs inputs) {
    if (inputs.tensors().size() != 1) {
      throw inputs.refuse("one input", "");
    }
    if (inputs.shapes().get(0).numDimensions() < 3) {
      throw inputs.refuse("input of rank 3 or more (batch, steps, ...)", "");
    }
    return inputs.tensors().get(0);
  }

  private static Layer quiet(Layer layer) {
    if (layer instanceof ActivityRegularization) {
      return ActivityRegularization.of(0, 0).withPolicy(layer.policy());
    }
    String penalty = RecurrentArguments.ACTIVITY_REGULARIZER.name();
    return layer.schema().keys().stream()
        .filter(key -> key.name().equals(penalty))
        .<Layer>map(key -> layer.schema().create(without(layer.config(), key)))
        .findFirst()
        .orElse(layer);
  }

  @SuppressWarnings("unchecked") // a penalty may always be left out
  private static Config without(Config config, Key<?> key) {
    return config.with((Key<Optional<Regularizer>>) key, Optional.empty());
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    InnerLayer step = inner(inputs).get(0);
    List<TensorSpec> outputs = step.layer().outputs(step.inputs());
    if (outputs.size() != 1) {
      throw inputs.refuse("a layer with one output", "");
    }
    return List.of(
        new TensorSpec(
            spread(outputs.get(0).shape(), inputs.shapes().get(0)), outputs.get(0).type()));
  }

  /** The shape of what a step gives, as that of all steps. */
  private static Shape spread(Shape step, Shape all) {
    return step.tail().prepend(all.get(1)).prepend(all.get(0));
  }

  @Override
  public boolean supportsMasking() {
    return true;
  }

  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    InnerLayer step = inner(call.inputs()).get(0);
    Layer layer = step.layer();
    boolean masked =
        layer.arguments().contains("mask") || MASKED.contains(layer.schema().className());
    if (call.mask().isPresent() && masked) {
      throw call.inputs()
          .refuse("no mask for a " + layer.schema().className() + " at each step", "");
    }
    TensorValue x = call.values().get(0);
    List<TensorSpec> outputs = outputs(call.inputs());
    Operand<?> result =
        scope.training() && batchCounts(step)
            ? oneByOne(scope, step, x.operand(), call.inputs())
            : together(scope, step, x.operand(), outputs.get(0).shape());
    return List.of(TensorValue.of(result.asOutput()).masked(outputMask(scope, call)));
  }

  /** Whether what the layer gives a sample may follow from the others: it is told of the batch. */
  private static boolean batchCounts(InnerLayer step) {
    return step.layer().trainable() && step.weights().stream().anyMatch(spec -> !spec.trainable());
  }

  /** All steps as one large batch. */
  private static Operand<?> together(
      Scope scope, InnerLayer step, Operand<? extends TType> x, Shape wanted) {
    Ops tf = scope.tf();
    List<Operand<TInt32>> sizes = new ArrayList<>(List.of(tf.constant(-1)));
    sizes.addAll(sizes(tf, x, 2));
    Operand<? extends TType> rows = tf.reshape(x, tf.stack(sizes));
    Operand<? extends TType> y = called(scope, step, rows);
    List<Operand<TInt32>> spread = new ArrayList<>();
    for (int axis = 0; axis < 2; axis++) {
      spread.add(size(tf, x, axis, wanted.get(axis)));
    }
    for (int axis = 2; axis < wanted.numDimensions(); axis++) {
      spread.add(size(tf, y, axis - 1, wanted.get(axis)));
    }
    return tf.reshape(y, tf.stack(spread));
  }

  private static List<Operand<TInt32>> sizes(Ops tf, Operand<? extends TType> x, int from) {
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (int axis = from; axis < x.shape().numDimensions(); axis++) {
      sizes.add(size(tf, x, axis, x.shape().get(axis)));
    }
    return sizes;
  }

  private static Operand<TInt32> size(Ops tf, Operand<? extends TType> x, int axis, long known) {
    return known == Shape.UNKNOWN_SIZE
        ? tf.gather(tf.shape(x), tf.constant(axis), tf.constant(0))
        : tf.constant(Math.toIntExact(known));
  }

  /** One step after the other, each a batch of its own, as Keras does it. */
  private static Operand<?> oneByOne(
      Scope scope, InnerLayer step, Operand<? extends TType> x, Inputs inputs) {
    Ops tf = scope.tf();
    long steps = x.shape().get(1);
    if (steps == Shape.UNKNOWN_SIZE) {
      throw inputs.refuse("a known number of steps", "The layer looks at the batch in training.");
    }
    List<Operand<? extends TType>> results = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      results.add(called(scope, step, tf.gather(x, tf.constant(i), tf.constant(1))));
    }
    return stacked(tf, results);
  }

  @SuppressWarnings("unchecked") // a layer gives one type at all steps
  private static <T extends TType> Operand<T> stacked(
      Ops tf, List<Operand<? extends TType>> results) {
    return tf.stack(results.stream().map(each -> (Operand<T>) each).toList(), Stack.axis(1L));
  }

  private static Operand<? extends TType> called(
      Scope scope, InnerLayer step, Operand<? extends TType> x) {
    Inputs inputs =
        new Inputs(
            step.inputs().where(),
            List.of(new TensorSpec(x.shape(), step.inputs().tensors().get(0).type())),
            step.inputs().arguments());
    LayerCall call = new LayerCall(inputs, List.of(TensorValue.of(x)));
    return step.call(scope, call).get(0).operand();
  }

  @Override
  public Schema<TimeDistributed> schema() {
    return SCHEMA;
  }
}
