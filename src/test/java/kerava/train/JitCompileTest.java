package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.graph.Device;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.BatchNormalization;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Dropout;
import kerava.layers.Flatten;
import kerava.layers.MaxPooling2D;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.Adam;
import kerava.train.graph.BatchTensors;
import kerava.train.graph.BoundData;
import kerava.train.graph.TrainingGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.tensorflow.Session;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;

/** XLA compiles what it is asked to; {@link SeedTrajectoryTest} holds its numbers to Keras'. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class JitCompileTest {
  private static final CompileSettings SETTINGS =
      CompileSettings.of(
          Adam.of(), SparseCategoricalCrossentropy.of(), SparseCategoricalAccuracy.of());
  private static final TrainerOptions OPTIONS =
      TrainerOptions.defaults().withSeed(7).withDevice(Device.cpu());

  private static final Model MODEL =
      Sequential.of(
          Input.of(12, 12, 3),
          Conv2D.of(8, 3).useBias(false),
          BatchNormalization.of(),
          MaxPooling2D.of(2),
          Flatten.of(),
          Dropout.of(0.5),
          Dense.of(4).activation(ActivationFunction.SOFTMAX));

  @Test
  void turnsGroupsOfOperationsIntoOne() {
    assertEquals(0, compiledGroups(OPTIONS));
    assertTrue(compiledGroups(OPTIONS.withJitCompile(true)) > 0);
  }

  /** How many operations of what TensorFlow really runs are programs of XLA. */
  private static long compiledGroups(TrainerOptions options) {
    TrainingGraph.How how = options.withReplicas(1).how(MODEL);
    try (Network network = Network.create(7)) {
      TrainingGraph graph = TrainingGraph.build(network, MODEL, SETTINGS, how);
      try (NetworkSession session = network.start(how.strategy().session())) {
        session.initialize();
        RunOptions traced = RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
        Session.Runner runner = session.session().runner().setOptions(traced);
        try (BatchTensors feeder = new BatchTensors(runner)) {
          BoundData data = DataBinding.of(MODEL, graph.outputs(), ReplicasTest.data(16));
          feeder.batch(graph.feeds(), data, new int[] {0, 1, 2, 3});
          runner.addTarget(graph.steps().step());
          RunMetadata ran = runner.runAndFetchMetadata().getMetadata().orElseThrow();
          return ran.getPartitionGraphsList().stream()
              .map(GraphDef::getNodeList)
              .flatMap(List<NodeDef>::stream)
              .filter(node -> node.getOp().equals("_XlaRun"))
              .count();
        }
      }
    }
  }

  @Test
  void changesNoNumbers() {
    Outcome plain = run(OPTIONS.withReplicas(1));
    Outcome compiled = run(OPTIONS.withReplicas(1).withJitCompile(true));
    Outcome parts = run(OPTIONS.withDevices(Device.cpu(0)).withJitCompile(true));
    for (Outcome other : List.of(compiled, parts)) {
      assertEquals(plain.history().get("loss").get(0), other.history().get("loss").get(0), 1e-5);
      assertEquals(plain.test().loss(), other.test().loss(), 1e-5);
      for (String name : plain.weights().names()) {
        assertArrayEquals(
            plain.weights().get(name).floats(), other.weights().get(name).floats(), 1e-4f, name);
      }
    }
  }

  @Test
  void repeatsItselfBitForBit() {
    Outcome first = run(OPTIONS.withJitCompile(true));
    assertEquals(first.weights(), run(OPTIONS.withJitCompile(true)).weights());
  }

  @Test
  void isSaidInTheArrangement() {
    try (Trainer trainer = Trainer.compile(MODEL, SETTINGS, OPTIONS.withJitCompile(true))) {
      assertTrue(trainer.strategy().endsWith(", compiled by XLA"), trainer.strategy());
    }
  }

  private record Outcome(History history, Weights weights, Evaluation test) {}

  private static Outcome run(TrainerOptions options) {
    Dataset data = ReplicasTest.data(39);
    try (Trainer trainer = Trainer.compile(MODEL, SETTINGS, options)) {
      History history = trainer.fit(data, Fit.epochs(2).batchSize(16).validation(data.take(9)));
      return new Outcome(history, trainer.weights(), trainer.evaluate(data));
    }
  }
}
