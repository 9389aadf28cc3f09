package kerava.layers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import kerava.Inputs;
import org.tensorflow.ndarray.Shape;

/**
 * Keras' words for what {@link EinsumDense} does: {@code ab,bc->ac}, with an ellipsis in front of
 * input and output, or behind both.
 *
 * @param front whether other axes stand in front
 * @param behind whether other axes stand behind
 * @param input the letters of the input
 * @param kernel those of the kernel
 * @param output those of the output
 */
record EinsumEquation(boolean front, boolean behind, String input, String kernel, String output) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<front>\\.{3})?(?<input>[a-zA-Z]+)(?<behind>\\.{3})?,(?<kernel>[a-zA-Z]+)->"
              + "(?<front2>\\.{3})?(?<output>[a-zA-Z]+)(?<behind2>\\.{3})?");

  /** The equation that a text is; empty if it is none that Keras takes. */
  static Optional<EinsumEquation> of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    boolean front = form.group("front") != null;
    boolean behind = form.group("behind") != null;
    EinsumEquation equation =
        new EinsumEquation(
            front, behind, form.group("input"), form.group("kernel"), form.group("output"));
    boolean sound =
        front == (form.group("front2") != null)
            && behind == (form.group("behind2") != null)
            && !(front && behind)
            && (!behind || equation.input.length() > 1);
    return sound && equation.isSound() ? Optional.of(equation) : Optional.empty();
  }

  /**
   * Whether each letter stands once, those of the output come from somewhere, and the kernel's go.
   */
  private boolean isSound() {
    boolean once = once(input) && once(kernel) && once(output);
    boolean known = output.chars().allMatch(axis -> has(input, axis) || has(kernel, axis));
    return once && known && kernel.chars().allMatch(axis -> has(input, axis) || has(output, axis));
  }

  private static boolean once(String letters) {
    HashSet<Integer> seen = new HashSet<>();
    return letters.chars().allMatch(seen::add);
  }

  private static boolean has(String letters, int axis) {
    return letters.indexOf(axis) >= 0;
  }

  /** How many axes the ellipsis stands for. */
  private int others(Shape x) {
    return front || behind ? Math.max(0, x.numDimensions() - input.length()) : 0;
  }

  private List<String> axes(String letters, int others) {
    List<String> axes = new ArrayList<>(letters.chars().mapToObj(Character::toString).toList());
    axes.addAll(
        front ? 0 : axes.size(), IntStream.range(0, others).mapToObj(String::valueOf).toList());
    return axes;
  }

  /** The product for inputs of a rank. */
  Einsum einsum(Shape x) {
    int others = others(x);
    return new Einsum(axes(input, others), axes(kernel, 0), axes(output, others));
  }

  /**
   * The shape of the output.
   *
   * @param wanted the sizes that the layer names, without that of the batch and those of an
   *     ellipsis; empty where they are the input's
   * @throws IllegalArgumentException if they do not go with the input
   */
  Shape outputShape(Inputs inputs, List<Optional<Integer>> wanted) {
    Shape x = inputs.single();
    int others = others(x);
    if (x.numDimensions() != input.length() + others) {
      throw inputs.refuse("input of rank " + input.length() + " as its equation says", "");
    }
    List<String> from = axes(input, others);
    List<String> to = axes(output, others);
    int named = output.length() - (front && others > 0 ? 0 : 1);
    if (wanted.size() != named) {
      throw inputs.refuse(named + " sizes in output_shape as its equation says", "");
    }
    int first = to.size() - wanted.size() - (behind ? others : 0);
    long[] sizes = new long[to.size()];
    for (int i = 0; i < sizes.length; i++) {
      int axis = from.indexOf(to.get(i));
      long given = axis < 0 ? Shape.UNKNOWN_SIZE : x.get(axis);
      int own = i - first;
      boolean says = own >= 0 && own < wanted.size();
      long size = says ? wanted.get(own).map(Integer::longValue).orElse(given) : given;
      if (given != Shape.UNKNOWN_SIZE && size != given) {
        throw inputs.refuse("input of the sizes that output_shape has along common axes", "");
      }
      sizes[i] = size;
    }
    return Shape.of(sizes);
  }

  /** The shape of the kernel for an input and an output. */
  Shape kernelShape(Inputs inputs, Shape out) {
    Shape x = inputs.single();
    int others = others(x);
    List<String> from = axes(input, others);
    List<String> to = axes(output, others);
    long[] sizes = new long[kernel.length()];
    for (int i = 0; i < sizes.length; i++) {
      String axis = kernel.substring(i, i + 1);
      sizes[i] = to.contains(axis) ? out.get(to.indexOf(axis)) : x.get(from.indexOf(axis));
    }
    return known(inputs, Shape.of(sizes), "kernel");
  }

  /**
   * The shape of the bias for an input and an output: 1 along axes that have none, from the first
   * axis on that has one.
   */
  Shape biasShape(Inputs inputs, Shape out, String biased) {
    int others = others(inputs.single());
    int first =
        IntStream.range(0, output.length())
            .filter(i -> has(biased, output.charAt(i)))
            .min()
            .orElse(0);
    List<Long> sizes = new ArrayList<>();
    for (int i = first; i < output.length(); i++) {
      sizes.add(has(biased, output.charAt(i)) ? out.get(i + (front ? others : 0)) : 1);
    }
    for (int i = 0; behind && i < others; i++) {
      sizes.add(1L);
    }
    long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
    return known(inputs, Shape.of(shape), "bias");
  }

  private static Shape known(Inputs inputs, Shape shape, String weight) {
    if (shape.hasUnknownDimension()) {
      throw inputs.refuse("known sizes along the axes of its " + weight, "");
    }
    return shape;
  }

  /** Where the kernel has what is summed over. */
  List<Integer> inputAxes() {
    return kernelAxes(false);
  }

  /** Where the kernel has what the output has. */
  List<Integer> outputAxes() {
    return kernelAxes(true);
  }

  private List<Integer> kernelAxes(boolean ofOutput) {
    return IntStream.range(0, kernel.length())
        .filter(i -> has(output, kernel.charAt(i)) == ofOutput)
        .boxed()
        .toList();
  }
}
