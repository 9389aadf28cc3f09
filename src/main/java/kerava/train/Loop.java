package kerava.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Repetition;
import kerava.graph.Resident;
import kerava.graph.Supply;
import kerava.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;

/**
 * A loop over the training step, in the graph, for inputs of one kind.
 *
 * @param kind what it is for
 * @param repetition the loop; it is fed inputs, labels, weights and, for bytes, their divisor
 * @param resident where inputs lie, if they are not fed
 */
record Loop(Kind kind, Repetition repetition, Optional<Resident> resident) {
  /**
   * What a loop is for.
   *
   * @param type of the inputs
   * @param sample the shape of one of them
   * @param weighted whether samples have weights
   * @param resident whether the inputs lie in the memory of the device
   */
  record Kind(Array.Type type, Shape sample, boolean weighted, boolean resident) {
    static Kind of(Dataset data, boolean weighted, boolean resident) {
      Array.Type type = data.inputs(new int[] {0}).type();
      return new Kind(type, data.inputShape(), weighted, resident);
    }

    boolean bytes() {
      return type == Array.Type.UINT8;
    }
  }

  static Loop add(Network network, TrainingGraph graph, Kind kind) {
    Feeds feeds = graph.feeds();
    Optional<Resident> resident =
        kind.resident()
            ? Optional.of(Resident.add(network, kind.type(), kind.sample()))
            : Optional.empty();
    Operand<?> input = kind.bytes() ? feeds.pixels().bytes() : feeds.inputs();
    Operand<?> weights = feeds.sampleWeights();
    List<Supply> inputs = new ArrayList<>();
    inputs.add(resident.map(data -> data.supply(input)).orElseGet(() -> Supply.stacked(input)));
    inputs.add(Supply.stacked(feeds.labels().operand()));
    inputs.add(kind.weighted() ? Supply.stacked(weights) : Supply.same(weights));
    if (kind.bytes()) {
      inputs.add(Supply.same(feeds.pixels().divisor()));
    }
    Repetition.Step step = new Repetition.Step(inputs, graph.train(), graph.steps().step());
    return new Loop(kind, Repetition.add(network, step), resident);
  }

  /** Puts the inputs of a data set where the loop gathers them. */
  void write(NetworkSession session, Dataset data) {
    resident.ifPresent(room -> room.write(session, seen(data, data.inputs())));
  }

  /** Frees the memory of the device. */
  void clear(NetworkSession session) {
    long[] none = kind.sample().prepend(0).asArray();
    Array empty = kind.bytes() ? Array.of(new byte[0], none) : Array.of(new float[0], none);
    resident.ifPresent(room -> room.write(session, empty));
  }

  /** Makes a step a batch; the batches are of one size. Gives the figures of each. */
  List<float[]> run(NetworkSession session, Batches batches) {
    Session.Runner runner = session.session().runner();
    try (Feeder feeder = new Feeder(runner)) {
      feed(feeder, batches);
      try (Result result = runner.fetch(repetition.figures()).run()) {
        return rows(Tensors.array(result.get(0)));
      }
    }
  }

  private void feed(Feeder feeder, Batches batches) {
    List<Operand<?>> feeds = repetition.feeds();
    Dataset data = batches.data();
    List<Array> labels = batches.labels();
    feeder.feed(repetition.turns(), Array.of(new int[] {batches.samples().size()}));
    feeder.feed(feeds.get(0), resident.isPresent() ? batches.numbers() : inputs(batches));
    feeder.feed(feeds.get(1), labels);
    if (kind.weighted()) {
      feeder.feed(feeds.get(2), batches.weights(labels));
    } else {
      feeder.feed(feeds.get(2), Array.of(new float[] {1}));
    }
    if (kind.bytes()) {
      feeder.feed(feeds.get(3), Array.of(new float[] {data.divisor()}));
    }
  }

  private List<Array> inputs(Batches batches) {
    Dataset data = batches.data();
    return batches.samples().stream().map(own -> seen(data, data.inputs(own))).toList();
  }

  private static Array seen(Dataset data, Array inputs) {
    return inputs.type() == Array.Type.UINT8 ? inputs : Feeder.divided(inputs, data.divisor());
  }

  private static List<float[]> rows(Array figures) {
    int width = Math.toIntExact(figures.shape().get(1));
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < figures.size(); i += width) {
      rows.add(Arrays.copyOfRange(figures.floats(), i, i + width));
    }
    return rows;
  }
}
