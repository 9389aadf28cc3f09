package kerava.train.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.data.Column;
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
 * @param single where the data of a single step enter
 * @param repetition the loop; it is fed inputs, then labels and weights output by output
 * @param resident where inputs lie, if they are not fed
 */
public record StepLoop(
    Placeholders single, RepeatedStep repetition, Optional<DeviceData> resident) {
  /** The weight of all samples of a batch, where they have none. */
  private static final Array ONE = Array.of(new float[] {1});

  /** How many samples are put into the memory of the device at once. */
  private static final int PIECE = 1000;

  /**
   * What a loop is for.
   *
   * @param inputs what each input is
   * @param samples the shape of one sample of each
   * @param resident whether the only input lies in the memory of the device
   */
  public record Kind(List<PixelInput.Kind> inputs, List<Shape> samples, boolean resident) {
    /** The loop that some data want. */
    public static Kind of(BoundData data, boolean resident) {
      List<Column> columns = data.inputColumns();
      boolean pixels = data.data().pixels();
      return new Kind(
          columns.stream().map(one -> PixelInput.Kind.of(one.type(), pixels)).toList(),
          columns.stream().map(Column::shape).toList(),
          resident);
    }

    private DeviceData room(Network network) {
      boolean bytes = inputs.get(0) == PixelInput.Kind.BYTES;
      return DeviceData.add(network, bytes ? Array.Type.UINT8 : Array.Type.FLOAT32, samples.get(0));
    }
  }

  static StepLoop add(Network network, TrainingGraph graph, Kind kind) {
    Placeholders feeds = graph.feeds();
    Optional<DeviceData> resident =
        kind.resident() ? Optional.of(kind.room(network)) : Optional.empty();
    List<StepInput> inputs = new ArrayList<>();
    for (int i = 0; i < feeds.inputs().size(); i++) {
      Operand<?> input = feeds.inputs().get(i).entrance(kind.inputs().get(i));
      inputs.add(
          resident.map(data -> data.supply(input)).orElseGet(() -> StepInput.stacked(input)));
    }
    for (Placeholders.Target target : feeds.targets()) {
      inputs.add(StepInput.stacked(target.labels().operand()));
      inputs.add(StepInput.stacked(target.sampleWeights()));
    }
    RepeatedStep.Step step = new RepeatedStep.Step(inputs, graph.train(), graph.steps().step());
    return new StepLoop(feeds, RepeatedStep.add(network, step), resident);
  }

  /** Puts the inputs of a data set where the loop gathers them, a piece at a time. */
  public void write(NetworkSession session, BoundData data) {
    resident.ifPresent(
        room -> {
          int size = data.data().size();
          room.resize(session, size);
          BatchOrder pieces = BatchOrder.straight(size, PIECE);
          for (int i = 0; i < pieces.batches(); i++) {
            room.put(session, i * PIECE, data.inputs(pieces.batch(i)).get(0));
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
    List<List<Array>> turns = new ArrayList<>();
    // Batch by batch, as they are read ahead.
    for (int[] samples : batches.samples()) {
      turns.add(turn(batches.data(), samples));
    }
    feeder.feed(repetition.turns(), Array.of(new int[] {turns.size()}));
    for (int i = 0; i < repetition.feeds().size(); i++) {
      int index = i;
      List<Array> all = turns.stream().map(turn -> turn.get(index)).toList();
      feeder.feed(repetition.feeds().get(i), all);
    }
  }

  private List<Array> turn(BoundData data, int[] samples) {
    List<Array> turn = new ArrayList<>();
    if (resident.isPresent()) {
      turn.add(Array.of(samples, samples.length));
    } else {
      List<Array> inputs = data.inputs(samples);
      for (int i = 0; i < inputs.size(); i++) {
        turn.add(single.inputs().get(i).fed(inputs.get(i)));
      }
    }
    List<Array> labels = data.labels(samples);
    for (int i = 0; i < labels.size(); i++) {
      turn.add(labels.get(i));
      turn.add(data.weights(single.targets().get(i).output(), samples, labels.get(i)).orElse(ONE));
    }
    return turn;
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
