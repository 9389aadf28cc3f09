package kerava.train.graph;

import java.util.ArrayList;
import java.util.List;
import kerava.Labels;
import kerava.Model;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Where data enter a training graph.
 *
 * @param inputs one an input of the model
 * @param targets one an output that needs labels
 */
record Placeholders(List<ModelInput> inputs, List<Target> targets) {
  /**
   * Where the labels of an output enter.
   *
   * @param output which
   * @param labels class numbers or targets
   * @param sampleWeights one number a sample, or the scalar 1 if not fed
   */
  record Target(TrainedOutput output, Labels labels, Operand<TFloat32> sampleWeights) {
    static Target add(Ops tf, TrainedOutput output) {
      Operand<TFloat32> weights =
          tf.withName("sample_weights").placeholderWithDefault(tf.constant(1f), Shape.unknown());
      return new Target(output, labels(tf.withName("labels"), output), weights);
    }

    private static Labels labels(Ops tf, TrainedOutput output) {
      Placeholder.Options shape = Placeholder.shape(output.labelShape());
      return switch (output.labels()) {
        case CLASSES -> Labels.classes(tf.placeholder(TInt32.class, shape));
        case TARGETS -> Labels.targets(tf.placeholder(TFloat32.class, shape));
      };
    }

    /** The weights of a batch, sample by sample. */
    ForwardPass.Weights weights(Ops tf) {
      Operand<TInt32> samples = tf.shape.take(tf.shape(labels.operand()), tf.constant(1));
      Operand<TFloat32> each = tf.broadcastTo(sampleWeights, samples);
      Operand<TBool> given = tf.math.greater(tf.rank(sampleWeights), tf.constant(0));
      return new ForwardPass.Weights(tf.ensureShape(each, Shape.of(Shape.UNKNOWN_SIZE)), given);
    }

    /**
     * The weights of samples for their losses, of which a sample may have several.
     *
     * @param losses of shape (batch, ...), or the scalar that a whole batch has
     */
    Operand<TFloat32> sampleWeights(Ops tf, Operand<TFloat32> losses) {
      if (losses.shape().numDimensions() == 0 || losses.shape().numDimensions() == 1) {
        return sampleWeights;
      }
      Operand<TInt32> more = tf.math.sub(tf.rank(losses), tf.constant(1));
      Operand<TInt32> ones = tf.fill(tf.reshape(more, tf.constant(new int[] {1})), tf.constant(1));
      Operand<TInt32> batch = tf.constant(new int[] {-1});
      return tf.reshape(sampleWeights, tf.concat(List.of(batch, ones), tf.constant(0)));
    }
  }

  static Placeholders add(Ops tf, Model model, List<TrainedOutput> outputs) {
    List<ModelInput> inputs = new ArrayList<>();
    for (TensorSpec spec : model.inputSpecs()) {
      inputs.add(ModelInput.add(tf, spec, model.preprocessing().scaling()));
    }
    return new Placeholders(
        List.copyOf(inputs), outputs.stream().map(output -> Target.add(tf, output)).toList());
  }

  /** The inputs as the model sees them. */
  List<TensorValue> given() {
    return inputs.stream().map(ModelInput::given).toList();
  }
}
