package kerava.train.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.DeviceData;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.RepeatedStep;
import kerava.graph.StepInput;
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
public record StepLoop(Kind kind, RepeatedStep repetition, Optional<DeviceData> resident) {
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
  public record Kind(PixelInput.Kind inputs, Shape sample, boolean resident) {
    /** The loop that some data want. */
    public static Kind of(Dataset data, boolean resident) {
      return new Kind(
          PixelInput.Kind.of(data.inputType(), data.pixels()), data.inputShape(), resident);
    }

    Array.Type type() {
      return inputs == PixelInput.Kind.BYTES ? Array.Type.UINT8 : Array.Type.FLOAT32;
    }
  }

  static StepLoop add(Network network, TrainingGraph graph, Kind kind) {
    Placeholders feeds = graph.feeds();
    Optional<DeviceData> resident =
        kind.resident()
            ? Optional.of(DeviceData.add(network, kind.type(), kind.sample()))
            : Optional.empty();
    Operand<?> input = feeds.pixels().entrance(kind.inputs());
    List<StepInput> inputs = new ArrayList<>();
    inputs.add(resident.map(data -> data.supply(input)).orElseGet(() -> StepInput.stacked(input)));
    inputs.add(StepInput.stacked(feeds.labels().operand()));
    inputs.add(StepInput.stacked(feeds.sampleWeights()));
    RepeatedStep.Step step = new RepeatedStep.Step(inputs, graph.train(), graph.steps().step());
    return new StepLoop(kind, RepeatedStep.add(network, step), resident);
  }

  /** Puts the inputs of a data set where the loop gathers them, a piece at a time. */
  public void write(NetworkSession session, Dataset data) {
    resident.ifPresent(
        room -> {
          room.resize(session, data.size());
          BatchOrder pieces = BatchOrder.straight(data.size(), PIECE);
          for (int i = 0; i < pieces.batches(); i++) {
            room.put(session, i * PIECE, data.inputs(pieces.batch(i)));
          }
        });
  }

  /** Frees the memory of the device. */
  public void clear(NetworkSession session) {
    resident.ifPresent(room -> room.resize(session, 0));
  }

  /** Makes a step a batch; gives the metrics of each. */
  public List<float[]> run(NetworkSession session, Batches batches) {
    Session.Runner runner = session.session().runner();
    try (BatchTensors feeder = new BatchTensors(runner)) {
      feed(feeder, batches);
      try (Result result = runner.fetch(repetition.metrics()).run()) {
        return rows(Tensors.array(result.get(0)));
      }
    }
  }

  private void feed(BatchTensors feeder, Batches batches) {
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

  private static List<float[]> rows(Array metrics) {
    int width = Math.toIntExact(metrics.shape().get(1));
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i += width) {
      rows.add(Arrays.copyOfRange(metrics.floats(), i, i + width));
    }
    return rows;
  }
}
