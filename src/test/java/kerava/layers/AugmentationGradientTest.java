package kerava.layers;

import static kerava.layers.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.Node;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.Pass;
import kerava.graph.SessionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** What gradients pass layers that vary images, and what is trained behind them. */
final class AugmentationGradientTest {
  @Test
  void gradientsPassWhereTheyCan() {
    for (Layer layer : AugmentationTest.layers()) {
      if (AugmentationTest.hasGradient(layer)) {
        Array output = AugmentationTest.call(layer).run(Mode.TRAIN).output();
        LayerRun.Outcome outcome =
            AugmentationTest.call(layer).differentiated(output).run(Mode.TRAIN);
        assertEquals(AugmentationTest.IMAGES.shape(), outcome.gradients().get(0).shape());
      }
    }
    Layer flip = RandomFlip.of(FlipMode.HORIZONTAL);
    Array flipped = AugmentationTest.call(flip).run(Mode.TRAIN).output();
    // The gradient of a flip is the same flip, and two are none.
    Array back =
        AugmentationTest.call(flip).differentiated(flipped).run(Mode.TRAIN).gradients().get(0);
    assertClose(AugmentationTest.IMAGES, back, 1e-6, "flipped twice");
  }

  @ParameterizedTest
  @MethodSource("kerava.layers.AugmentationTest#layers")
  void whatComesAfterCanBeTrained(Layer layer) {
    Node x = Input.of(AugmentationTest.SIDE, AugmentationTest.SIDE, 3);
    Node y = Dense.of(2).apply(layer.apply(x));
    Model model = Model.of(List.of(x), List.of(y));
    Network network = Network.create(1);
    Pass pass = network.pass("test", Mode.TRAIN);
    Operand<TFloat32> images =
        network
            .tf()
            .placeholder(
                TFloat32.class,
                Placeholder.shape(Shape.of(-1, AugmentationTest.SIDE, AugmentationTest.SIDE, 3)));
    Operand<TFloat32> output = model.build(pass, List.of(images)).get(0);
    Operand<TFloat32> loss =
        network.tf().sum(output, network.tf().constant(new int[] {0, 1, 2, 3}));
    List<Operand<TFloat32>> weights = List.copyOf(pass.reads().values());
    assertEquals(2, network.gradients(loss, weights).size());
    network.start(SessionOptions.on(Device.cpu())).close();
  }
}
