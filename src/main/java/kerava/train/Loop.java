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
 * @param repetition the loop; it is fed inputs, labels and weights
 * @param resident where inputs lie, if they are not fed
 */
record Loop(Kind kind, Repetition repetition, Optional<Resident> resident) {
  /** The weight of all samples of a batch, where they have none. */
  private static final Array ONE = Array.of(new float[] {1});

  /** How many samples are put into the memory of the device at once. */
  private static final int PIECE = 1000;

  /**
   * What a loop is for.
   *
   * @param inputs what they are
   * @param sample the shape of one of them
   * @param resident whether the inputs lie in the memory of the device
   */
  record Kind(Pixels.Kind inputs, Shape sample, boolean resident) {
    static Kind of(Dataset data, boolean resident) {
      return new Kind(Pixels.Kind.of(data.inputType(), data.pixels()), data.inputShape(), resident);
    }

    Array.Type type() {
      return inputs == Pixels.Kind.BYTES ? Array.Type.UINT8 : Array.Type.FLOAT32;
    }
  }

  static Loop add(Network network, TrainingGraph graph, Kind kind) {
    Feeds feeds = graph.feeds();
    Optional<Resident> resident =
        kind.resident()
            ? Optional.of(Resident.add(network, kind.type(), kind.sample()))
            : Optional.empty();
    Operand<?> input = feeds.pixels().entrance(kind.inputs());
    List<Supply> inputs = new ArrayList<>();
    inputs.add(resident.map(data -> data.supply(input)).orElseGet(() -> Supply.stacked(input)));
    inputs.add(Supply.stacked(feeds.labels().operand()));
    inputs.add(Supply.stacked(feeds.sampleWeights()));
    Repetition.Step step = new Repetition.Step(inputs, graph.train(), graph.steps().step());
    return new Loop(kind, Repetition.add(network, step), resident);
  }

  /** Puts the inputs of a data set where the loop gathers them, a piece at a time. */
  void write(NetworkSession session, Dataset data) {
    resident.ifPresent(
        room -> {
          room.resize(session, data.size());
          Order pieces = Order.straight(data.size(), PIECE);
          for (int i = 0; i < pieces.batches(); i++) {
            room.put(session, i * PIECE, data.inputs(pieces.batch(i)));
          }
        });
  }

  /** Frees the memory of the device. */
  void clear(NetworkSession session) {
    resident.ifPresent(room -> room.resize(session, 0));
  }

  /** Makes a step a batch; gives the figures of each. */
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
    List<Array> inputs = new ArrayList<>();
    List<Array> labels = new ArrayList<>();
    List<Array> weights = new ArrayList<>();
    Dataset data = batches.data();
    // Batch by batch, as they are read ahead.
    for (int[] samples : batches.samples()) {
      Array own = data.labels(samples);
      labels.add(own);
      weights.add(batches.given().none() ? ONE : batches.given().of(samples, own));
      inputs.add(kind.resident() ? Array.of(samples, samples.length) : data.inputs(samples));
    }
    List<Operand<?>> feeds = repetition.feeds();
    feeder.feed(repetition.turns(), Array.of(new int[] {batches.samples().size()}));
    feeder.feed(feeds.get(0), inputs);
    feeder.feed(feeds.get(1), labels);
    feeder.feed(feeds.get(2), weights);
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
