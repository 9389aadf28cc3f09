package kerava.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationAttributeInspector;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;

/**
 * Adds gradients also through operations that TensorFlow's C++ has no gradients for.
 *
 * <p>Each such operation is cut off from what reads it while C++ adds all other gradients at once,
 * as if what it reads were results of their own, whose gradients come out of holes. Then its own
 * gradients are put into the holes, and the cut is closed.
 */
final class OwnGradients {
  /** What C++ lacks, and how the gradient of one input follows from that of the output. */
  private static final Map<String, Rule> RULES =
      Map.of(
          "Conv3D", OwnGradients::ofConvolution,
          "Conv3DBackpropInputV2", OwnGradients::ofTransposedConvolution);

  private static final Set<DataType> FLOATING =
      Set.of(DataType.DT_HALF, DataType.DT_BFLOAT16, DataType.DT_FLOAT, DataType.DT_DOUBLE);

  private final Graph graph;
  private final Ops tf;

  private OwnGradients(Graph graph, Ops tf) {
    this.graph = graph;
    this.tf = tf;
  }

  @FunctionalInterface
  private interface Rule {
    Operand<?> gradient(Ops tf, GraphOperation operation, int input, Output<?> dy);
  }

  /**
   * An operation that is cut off.
   *
   * @param rule its gradients
   * @param end stands for its output in what reads it
   * @param holes what stands for the gradients of its inputs, by their indices
   */
  private record Cut(
      GraphOperation operation, Rule rule, Output<?> end, Map<Integer, GraphOperation> holes) {}

  /** Adds the gradients of one number with respect to some values, in their order. */
  static Output<?>[] add(Graph graph, Ops tf, Output<?> y, Output<?>... xs) {
    return isNeeded(graph)
        ? new OwnGradients(graph, tf.withSubScope("gradients")).add(y, xs)
        : graph.addGradients(y, xs);
  }

  private static boolean isNeeded(Graph graph) {
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      if (RULES.containsKey(all.next().type())) {
        return true;
      }
    }
    return false;
  }

  private Output<?>[] add(Output<?> y, Output<?>... xs) {
    NativeGraph nativeGraph = NativeGraph.of(graph);
    Way way = Way.between(y, xs);
    List<Cut> cuts = new ArrayList<>();
    for (GraphOperation operation : way.operations()) {
      Rule rule = RULES.get(operation.type());
      if (rule != null) {
        Output<?> end = tf.stopGradient(operation.output(0)).asOutput();
        cuts.add(new Cut(operation, rule, end, holes(operation, way)));
      }
    }
    cuts.forEach(cut -> nativeGraph.redirect(cut.operation().output(0), cut.end()));
    Map<Output<?>, Output<?>> gradients = addAround(cuts, y, xs);
    cuts.forEach(cut -> fill(nativeGraph, cut, gradients));
    cuts.forEach(cut -> nativeGraph.redirect(cut.end(), cut.operation().output(0)));
    return Arrays.stream(xs).map(gradients::get).toArray(Output<?>[]::new);
  }

  /** Zeros at first, which they stay where the output changes nothing. */
  private Map<Integer, GraphOperation> holes(GraphOperation operation, Way way) {
    Map<Integer, GraphOperation> holes = new LinkedHashMap<>();
    for (int i = 0; i < operation.numInputs(); i++) {
      Output<?> input = operation.input(i);
      if (way.contains(input)) {
        holes.put(i, (GraphOperation) tf.identity(tf.zerosLike(input)).op());
      }
    }
    return holes;
  }

  /** The gradients of the values asked for and of the operations' outputs, by what they are of. */
  private Map<Output<?>, Output<?>> addAround(List<Cut> cuts, Output<?> y, Output<?>... xs) {
    List<Output<?>> results = new ArrayList<>(List.of(y));
    List<Output<?>> seeds = new ArrayList<>(List.of(tf.onesLike(y).asOutput()));
    // TensorFlow gives the gradient of a value that is asked for twice only once.
    Map<Output<?>, Output<?>> wanted = new LinkedHashMap<>();
    List.of(xs).forEach(x -> wanted.put(x, x));
    for (Cut cut : cuts) {
      wanted.put(cut.operation().output(0), cut.end());
      cut.holes()
          .forEach(
              (input, hole) -> {
                // TensorFlow looks no further from a result, which others may be made of.
                results.add(tf.identity(cut.operation().input(input)).asOutput());
                seeds.add(hole.output(0));
              });
    }
    Output<?>[] added =
        graph.addGradients(
            null,
            results.toArray(Output<?>[]::new),
            wanted.values().toArray(Output<?>[]::new),
            seeds.toArray(Output<?>[]::new));
    Map<Output<?>, Output<?>> gradients = new HashMap<>();
    Iterator<Output<?>> next = List.of(added).iterator();
    wanted.keySet().forEach(value -> gradients.put(value, next.next()));
    return gradients;
  }

  private void fill(NativeGraph nativeGraph, Cut cut, Map<Output<?>, Output<?>> gradients) {
    Output<?> dy = gradients.get(cut.operation().output(0));
    if (dy != null && !isNone(dy)) {
      cut.holes()
          .forEach(
              (input, hole) ->
                  nativeGraph.replaceInput(
                      hole, 0, cut.rule().gradient(tf, cut.operation(), input, dy).asOutput()));
    }
  }

  /** Whether nothing flowed back, as through what is rounded or counted. */
  private static boolean isNone(Output<?> gradient) {
    TF_Operation handle = ((GraphOperation) gradient.op()).getUnsafeNativeHandle();
    return handle == null || handle.isNull();
  }

  private static Operand<?> ofConvolution(
      Ops tf, GraphOperation convolution, int input, Output<?> dy) {
    Output<?> x = convolution.input(0);
    Output<?> kernel = convolution.input(1);
    return input == 0
        ? like(tf, convolution, "Conv3DBackpropInputV2", tf.shape(x), kernel, dy)
        : like(tf, convolution, "Conv3DBackpropFilterV2", x, tf.shape(kernel), dy);
  }

  /** Of the convolution that turns the output into the last input, with the same kernel. */
  private static Operand<?> ofTransposedConvolution(
      Ops tf, GraphOperation transposed, int input, Output<?> dy) {
    Output<?> kernel = transposed.input(1);
    return input == 2
        ? like(tf, transposed, "Conv3D", dy, kernel)
        : like(tf, transposed, "Conv3DBackpropFilterV2", dy, tf.shape(kernel), transposed.input(2));
  }

  private static Operand<?> like(
      Ops tf, GraphOperation convolution, String type, Operand<?>... inputs) {
    OperationAttributeInspector same = convolution.attributes();
    OperationBuilder builder = tf.scope().opBuilder(type, type);
    for (Operand<?> input : inputs) {
      builder.addInput(input.asOutput());
    }
    return builder
        .setAttr("strides", same.getAttrIntList("strides"))
        .setAttr("dilations", same.getAttrIntList("dilations"))
        .setAttr("padding", same.getAttrString("padding"))
        .setAttr("data_format", same.getAttrString("data_format"))
        .build()
        .output(0);
  }

  /** The operations on the way from some values to a result; none stands before its inputs. */
  private record Way(List<GraphOperation> operations, Set<Output<?>> from) {
    static Way between(Output<?> y, Output<?>... xs) {
      Set<Output<?>> from = new HashSet<>(List.of(xs));
      List<GraphOperation> operations = new ArrayList<>();
      for (GraphOperation operation : before(y)) {
        if (operation.inputs().stream().map(Operand::asOutput).anyMatch(from::contains)) {
          operations.add(operation);
          IntStream.range(0, operation.numOutputs())
              .<Output<?>>mapToObj(operation::output)
              .filter(Way::isOfNumbers)
              .forEach(from::add);
        }
      }
      return new Way(operations, from);
    }

    /** What is counted, such as a shape, has no gradient; nor have the lists of a loop. */
    private static boolean isOfNumbers(Output<?> value) {
      return FLOATING.contains(value.dataType());
    }

    boolean contains(Output<?> value) {
      return from.contains(value);
    }

    /** All that a value is made of; none stands before its inputs. */
    private static List<GraphOperation> before(Output<?> y) {
      List<GraphOperation> order = new ArrayList<>();
      Set<GraphOperation> seen = new HashSet<>();
      Deque<GraphOperation> open = new ArrayDeque<>(List.of((GraphOperation) y.op()));
      while (!open.isEmpty()) {
        GraphOperation operation = open.pop();
        // Met for the second time, all inputs have been dealt with.
        if (!seen.add(operation)) {
          order.add(operation);
          continue;
        }
        open.push(operation);
        for (Operand<?> input : operation.inputs()) {
          GraphOperation source = (GraphOperation) input.op();
          if (!seen.contains(source)) {
            open.push(source);
          }
        }
      }
      return order.stream().distinct().toList();
    }
  }
}
