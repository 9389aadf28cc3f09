package kerava.train;

import java.nio.file.Path;
import java.util.List;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.data.RecordFormat;
import kerava.data.TfRecords;
import kerava.graph.Device;
import kerava.layers.Dense;
import kerava.layers.GlobalAveragePooling2D;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import org.tensorflow.ndarray.Shape;

/** A program that trains on records which do not fit into its memory. */
final class StreamedTraining {
  private StreamedTraining() {}

  /** The argument is the file. */
  public static void main(String[] args) throws java.io.IOException {
    TfRecords data =
        TfRecords.open(List.of(Path.of(args[0])), RecordFormat.floats(Shape.of(64, 64, 3)));
    Model model = Sequential.of(Input.of(64, 64, 3), GlobalAveragePooling2D.of(), Dense.of(4));
    try (Trainer trainer =
        Trainer.compile(
            model,
            CompileSettings.of(SGD.of(0.1), SparseCategoricalCrossentropy.of().fromLogits(true)),
            TrainerOptions.defaults().withDevice(Device.cpu()))) {
      trainer.fit(data, Fit.epochs(1).shuffleBuffer(100));
    }
    System.out.println("trained on " + data.size());
  }
}
