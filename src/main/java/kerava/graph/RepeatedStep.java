package kerava.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.GraphOperationBuilder;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A step of a network, made many times in one run of its session: what is fed, started and fetched
 * once a step otherwise is so once for all of them.
 *
 * <p>The step becomes a function, and a loop beside it calls the function. The function's copy of a
 * weight's handle finds the same weight, by its name. The loop is lowered to TensorFlow's switches,
 * as Python's are, so that its operations are placed, optimized and run like those outside; a turn
 * begins when the one before has ended.
 *
 * @param turns where to feed how often the step is made, a scalar
 * @param feeds where to feed the step's inputs for all turns, in its order
 * @param metrics what the step gave in each turn, of shape (turns, n)
 * @see <a href="https://keras.io/api/models/model_training_apis/#compile-method">Keras: {@code
 *     steps_per_execution}</a>
 */
public record RepeatedStep(
    Operand<TInt32> turns, List<Operand<?>> feeds, Operand<TFloat32> metrics) {
  private static final String FIGURES = "figures";

  /** Copies the feeds. */
  public RepeatedStep {
    feeds = List.copyOf(feeds);
  }

  /**
   * What is repeated.
   *
   * @param inputs all that the step is fed, and how a turn comes by it
   * @param metrics what it gives, of shape (n)
   * @param done has run when it has ended
   */
  public record Step(List<StepInput> inputs, Operand<TFloat32> metrics, Op done) {
    /** Copies the inputs. */
    public Step {
      inputs = List.copyOf(inputs);
    }
  }

  /** Adds the loop to a network. */
  public static RepeatedStep add(Network network, Step step) {
    try (ConcreteFunction once = once(network, step);
        ConcreteFunction more = ConcreteFunction.create(tf -> more(tf, step));
        ConcreteFunction next = ConcreteFunction.create(tf -> next(tf, step, once))) {
      Ops tf = network.tf().withSubScope("repeat");
      State state = State.placeholders(tf, step);
      Operand<TInt32> width = tf.constant((int) step.metrics().shape().get(0));
      Operand<TFloat32> nothing = tf.fill(tf.stack(List.of(state.turns(), width)), tf.constant(0f));
      List<Operand<?>> begin = state.with(tf.constant(0), nothing).all();
      GraphOperationBuilder loop =
          network.graph().opBuilder("While", tf.scope().makeOpName("While"), tf.scope());
      loop.addInputList(begin.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
      loop.setAttr("cond", more);
      loop.setAttr("body", next);
      loop.setAttr("parallel_iterations", 1);
      loop.setAttr("_lower_using_switch_merge", true);
      Operand<TFloat32> metrics = loop.build().output(State.FIGURES_INDEX);
      return new RepeatedStep(state.turns(), state.feeds(), metrics);
    }
  }

  private static ConcreteFunction once(Network network, Step step) {
    Signature.Builder signature = Signature.builder("step");
    for (int i = 0; i < step.inputs().size(); i++) {
      signature.input(input(i), step.inputs().get(i).input());
    }
    Ops after = network.tf().withControlDependencies(List.of(step.done()));
    return ConcreteFunction.create(
        signature.output(FIGURES, after.identity(step.metrics())).build(), network.graph());
  }

  private static String input(int index) {
    return "input_" + index;
  }

  private static Signature more(Ops tf, Step step) {
    State state = State.placeholders(tf, step);
    return state
        .signature("more")
        .output("more", tf.math.less(state.turn(), state.turns()))
        .build();
  }

  private static Signature next(Ops tf, Step step, ConcreteFunction once) {
    State state = State.placeholders(tf, step);
    Map<String, Operand<?>> arguments = new LinkedHashMap<>();
    for (int i = 0; i < step.inputs().size(); i++) {
      Operand<?> fed = state.feeds().get(i);
      arguments.put(input(i), step.inputs().get(i).turn(tf, fed, state.turn()));
    }
    @SuppressWarnings("unchecked") // as the function was made
    Operand<TFloat32> own = (Operand<TFloat32>) once.call(tf, arguments).get(FIGURES);
    Operand<TInt32> row = tf.reshape(state.turn(), tf.constant(new int[] {1, 1}));
    Operand<TFloat32> metrics =
        tf.tensorScatterNdUpdate(state.metrics(), row, tf.expandDims(own, tf.constant(0)));
    // Whether there is a next turn is seen when this one has ended, so that turns never overlap.
    Ops after = tf.withControlDependencies(List.of(own));
    State then = state.with(after.math.add(state.turn(), tf.constant(1)), metrics);
    Signature.Builder signature = state.signature("next");
    for (int i = 0; i < then.all().size(); i++) {
      signature.output("out_" + i, tf.identity(then.all().get(i)));
    }
    return signature.build();
  }

  /**
   * What the loop carries from turn to turn, in its own graph or in that of one of its functions.
   *
   * @param turn which one is next, from 0
   * @param turns how many there are
   * @param metrics what turns gave, of shape (turns, n)
   * @param feeds what was fed for all turns
   */
  private record State(
      Operand<TInt32> turn,
      Operand<TInt32> turns,
      Operand<TFloat32> metrics,
      List<Operand<?>> feeds) {
    static final int FIGURES_INDEX = 2;

    static State placeholders(Ops tf, Step step) {
      Shape table = Shape.of(Shape.UNKNOWN_SIZE, step.metrics().shape().get(0));
      List<Operand<?>> feeds = new ArrayList<>();
      step.inputs().forEach(input -> feeds.add(input.placeholder(tf)));
      return new State(
          tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar())),
          tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar())),
          tf.placeholder(TFloat32.class, Placeholder.shape(table)),
          feeds);
    }

    State with(Operand<TInt32> otherTurn, Operand<TFloat32> otherFigures) {
      return new State(otherTurn, turns, otherFigures, feeds);
    }

    List<Operand<?>> all() {
      List<Operand<?>> all = new ArrayList<>(List.of(turn, turns, metrics));
      all.addAll(feeds);
      return all;
    }

    Signature.Builder signature(String name) {
      Signature.Builder signature = Signature.builder(name);
      for (int i = 0; i < all().size(); i++) {
        signature.input("in_" + i, all().get(i));
      }
      return signature;
    }
  }
}
