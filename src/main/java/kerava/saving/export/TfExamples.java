package kerava.saving.export;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerava.Model;
import kerava.NamedLayer;
import kerava.graph.Array;
import kerava.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Samples as {@code tf.Example}, the one form in which TensorFlow Serving's classify request takes
 * them.
 *
 * <p>A model of images takes the feature {@code image_bytes}, the bytes of the pixels; any other
 * takes a feature of floats for each of its inputs, named like it.
 *
 * @see <a href="https://www.tensorflow.org/api_docs/python/tf/train/Example">TensorFlow:
 *     Example</a>
 */
final class TfExamples {
  private TfExamples() {}

  /** Whether each sample of a model is of one size, and so fits into a feature. */
  static boolean canHold(Model model) {
    return model.inputSpecs().stream().allMatch(spec -> isNumber(spec.type()))
        && model.inputShapes().stream()
            .allMatch(shape -> shape.numDimensions() > 1 && sample(shape).size() > 0);
  }

  /** Whether a model's samples are the bytes of pixels. */
  static boolean areImages(Model model) {
    return model.inputs().size() == 1
        && isNumber(model.inputSpecs().get(0).type())
        && isImage(model.inputShape());
  }

  private static boolean isNumber(DType type) {
    return type.floating() || type.whole();
  }

  /**
   * Whether an input is a batch of images of known size, in a number of channels that files have.
   */
  static boolean isImage(Shape shape) {
    return shape.numDimensions() == 4
        && sample(shape).size() > 0
        && List.of(1L, 3L, 4L).contains(shape.get(3));
  }

  /** The shape of a sample. */
  static Shape sample(Shape shape) {
    return shape.subShape(1, shape.numDimensions());
  }

  /** Adds the operation that takes the bytes of pixels out of examples; of shape (batch). */
  static Operand<TString> pixels(Ops tf, Operand<TString> examples) {
    Operand<TString> required = none(tf);
    return parsed(
            tf,
            examples,
            new Request(List.of(Classification.BYTES), List.of(required), List.of(Shape.scalar())))
        .get(0)
        .asOutput()
        .expect(TString.class);
  }

  /** Adds the operation that takes a model's inputs out of examples, in the model's order. */
  static List<Operand<TFloat32>> floats(Ops tf, Operand<TString> examples, Model model) {
    List<Shape> shapes = model.inputShapes().stream().map(TfExamples::sample).toList();
    List<Operand<?>> required = new ArrayList<>();
    shapes.forEach(shape -> required.add(tf.constant(new float[0])));
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    parsed(tf, examples, new Request(names(model), required, shapes))
        .forEach(value -> inputs.add(value.asOutput().expect(TFloat32.class)));
    return inputs;
  }

  /**
   * The features that are wanted.
   *
   * @param defaults one each; without an element the feature must be there
   */
  private record Request(List<String> names, List<Operand<?>> defaults, List<Shape> shapes) {
    Request {
      defaults = List.copyOf(defaults);
    }
  }

  private static List<? extends Operand<?>> parsed(
      Ops tf, Operand<TString> examples, Request request) {
    Operand<TString> none = none(tf);
    try (TString names = TString.vectorOf(request.names().toArray(String[]::new))) {
      return tf.io
          .parseExample(
              examples,
              none,
              none,
              tf.constantOf(names),
              none,
              request.defaults(),
              0L,
              List.of(),
              List.of(),
              List.of(),
              request.shapes())
          .denseValues();
    }
  }

  private static Operand<TString> none(Ops tf) {
    return tf.fill(tf.constant(new int[] {0}), tf.constant(""));
  }

  /** The examples that hold a batch: an array for each of a model's inputs. */
  static List<byte[]> of(Model model, List<Array> batch) {
    List<byte[]> examples = new ArrayList<>();
    if (areImages(model)) {
      Array pixels = RequestSamples.pixels(batch.get(0), model.preprocessing().scaling());
      for (byte[] sample : RequestSamples.bytes(pixels)) {
        BytesList list = BytesList.newBuilder().addValue(ByteString.copyFrom(sample)).build();
        Feature feature = Feature.newBuilder().setBytesList(list).build();
        Features.Builder features = Features.newBuilder().putFeature(Classification.BYTES, feature);
        examples.add(Example.newBuilder().setFeatures(features).build().toByteArray());
      }
      return examples;
    }
    long count = batch.get(0).shape().get(0);
    for (int i = 0; i < count; i++) {
      Features.Builder features = Features.newBuilder();
      for (int input = 0; input < batch.size(); input++) {
        features.putFeature(names(model).get(input), feature(batch.get(input), i));
      }
      examples.add(Example.newBuilder().setFeatures(features).build().toByteArray());
    }
    return examples;
  }

  private static Feature feature(Array batch, int index) {
    int size = Math.toIntExact(sample(batch.shape()).size());
    float[] values = batch.to(Array.Type.FLOAT32).floats();
    FloatList.Builder list = FloatList.newBuilder();
    IntStream.range(index * size, (index + 1) * size).forEach(i -> list.addValue(values[i]));
    return Feature.newBuilder().setFloatList(list).build();
  }

  /** The names of a model's inputs. */
  static List<String> names(Model model) {
    return model.inputs().stream().map(NamedLayer.Origin::layer).toList();
  }
}
