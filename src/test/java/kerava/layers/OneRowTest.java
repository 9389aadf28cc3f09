package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.graph.Mode;
import kerava.graph.Network;
import org.junit.jupiter.api.Test;
import org.tensorflow.GraphOperation;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Layers of sequences follow each other as those of images do, so that kernels may join them. */
final class OneRowTest {
  private static final Model MODEL =
      Sequential.of(
          Input.of(8, 2),
          Conv1D.of(3, 2).activation(ActivationFunction.RELU),
          MaxPooling1D.of(2),
          DepthwiseConv1D.of(2).strides(2));

  @Test
  void staysAnImageFromLayerToLayer() {
    assertEquals(
        "[ExpandDims, Conv2D, BiasAdd, Relu, MaxPool, DepthwiseConv2dNative, BiasAdd, Squeeze]",
        types(Mode.INFER).toString());
    assertEquals(
        "[ExpandDims, Conv2D, BiasAdd, MaxPool, Relu, DepthwiseConv2dNative, BiasAdd, Squeeze]",
        types(Mode.TRAIN).toString());
  }

  private static Deque<String> types(Mode mode) {
    Deque<String> types = new ArrayDeque<>();
    try (Network network = Network.create(1)) {
      var x = network.tf().placeholder(TFloat32.class, Placeholder.shape(MODEL.inputShape()));
      var op = (GraphOperation) MODEL.build(network.pass("test", mode), x).op();
      while (op.numInputs() > 0) {
        types.addFirst(op.type());
        op = (GraphOperation) op.input(0).op();
      }
    }
    return types;
  }
}
