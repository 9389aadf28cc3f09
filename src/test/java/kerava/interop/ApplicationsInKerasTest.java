package kerava.interop;

import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerava.CompileSettings;
import kerava.Model;
import kerava.StoredModel;
import kerava.applications.Architecture;
import kerava.applications.FastNet;
import kerava.applications.ResNet;
import kerava.applications.ResNetV2;
import kerava.applications.Vgg;
import kerava.applications.WideResNet;
import kerava.data.Dataset;
import kerava.data.Shapes;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.optimizers.SGD;
import kerava.saving.KerasArchive;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The networks with a name, in Python: they predict, and ResNet-20 learns, as here. */
@EnabledIfPython
final class ApplicationsInKerasTest {
  private static final int IMAGES = 32;
  private static final int STEPS = 3;
  private static final Dataset DATA = mixed();
  // Larger steps raise the rounding of one to 1e-3 in the third, in Keras with and without XLA too.
  private static final SGD OPTIMIZER = SGD.of(0.002).momentum(0.9);

  @TempDir Path folder;

  /** Some images of every class. */
  private static Dataset mixed() {
    Dataset shapes = Shapes.of(8, 100, 1).train();
    int[] chosen = IntStream.range(0, IMAGES).map(i -> i * (shapes.size() / IMAGES)).toArray();
    return Dataset.of(shapes.inputs(chosen), shapes.labels(chosen));
  }

  private static List<Architecture> networks() {
    return List.of(
        ResNet.cifar(20),
        ResNetV2.cifar(14),
        ResNetV2.bottleneck(20),
        WideResNet.of(10, 2).dropout(0.3),
        Vgg.of(11).dropout(0.5),
        FastNet.of(16, 32, 32),
        FastNet.of(16, 32).residual(true).withoutWhitening());
  }

  private record Case(Architecture network, PythonReference reference, Array predictions) {}

  private Trainer trainer(Architecture network) {
    return Trainer.compile(
        network.model(),
        CompileSettings.of(OPTIMIZER, SparseCategoricalCrossentropy.of(), Accuracy.of()),
        TrainerOptions.defaults().withSeed(2).withDevice(Device.cpu()));
  }

  @Test
  void predictAndLearnAsHere() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (Architecture network : networks()) {
      cases.add(prepared(network));
    }
    PythonReference.run(
        "continue_training.py",
        cases.stream().map(Case::reference).toArray(PythonReference[]::new));
    for (Case one : cases) {
      assertNear(one.reference().numbers("predictions"), one.predictions(), 1e-5);
      long weights = one.reference().report().get("weights").size();
      assertEquals(one.network().model().weights().size(), weights, one.network().name());
    }
    assertEqualLosses(cases.get(0));
  }

  private Case prepared(Architecture network) throws IOException {
    Path archive = folder.resolve(network.name() + ".keras");
    PythonReference reference =
        new PythonReference(archive, folder.resolve(network.name())).give("x", divided());
    try (Trainer trainer = trainer(network)) {
      if (network instanceof FastNet net) {
        trainer.restore(net.firstWeights(trainer.weights(), DATA));
      }
      KerasArchive.write(
          StoredModel.of(trainer.model(), trainer.weights())
              .compiled(trainer.settings(), trainer.state().optimizer()),
          archive);
      if (network instanceof ResNet) {
        reference.give("y", DATA.labels()).give("steps", String.valueOf(STEPS));
      }
      return new Case(network, reference, trainer.predict(DATA));
    }
  }

  private void assertEqualLosses(Case resnet) throws IOException {
    Model model = resnet.network().model();
    try (Trainer trainer = trainer(resnet.network())) {
      assertEquals(model, trainer.model());
      History history = trainer.fit(DATA, Fit.epochs(STEPS).batchSize(IMAGES).shuffle(false));
      float[] here = new float[STEPS];
      for (int i = 0; i < STEPS; i++) {
        here[i] = history.get("loss").get(i).floatValue();
      }
      float[] there = resnet.reference().numbers("losses").floats();
      assertArrayEquals(there, here, 1e-4f);
      assertNear(resnet.reference().numbers("trained_predictions"), trainer.predict(DATA), 1e-3);
    }
  }

  private static Array divided() {
    byte[] pixels = DATA.inputs().bytes();
    float[] inputs = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      inputs[i] = (pixels[i] & 0xff) / 255f;
    }
    return Array.of(inputs, DATA.inputs().shape().asArray());
  }
}
