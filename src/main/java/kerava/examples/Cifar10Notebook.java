package kerava.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import kerava.Model;
import kerava.StoredModel;
import kerava.data.Cifar10;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.optimizers.Adam;
import kerava.report.TestRun;
import kerava.report.TrainingReport;
import kerava.saving.KerasArchive;
import kerava.saving.SavedModels;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;

/**
 * The CIFAR-10 notebook, cell by cell, in Java.
 *
 * <p>{@code kerava train} does the same and more; this program is for reading.
 */
public final class Cifar10Notebook {
  private Cifar10Notebook() {}

  /** Runs all cells and writes under the folder that is given, {@code savedmodels} by default. */
  public static void main(String[] args) throws IOException {
    Path out = Path.of(args.length > 0 ? args[0] : "savedmodels");

    // 1. The data: 60,000 pictures of ten kinds of things. Pixels are divided by 255 in the graph.
    Cifar10 cifar = Cifar10.load();
    System.out.println(cifar.source());

    // 2. The network: convolutions that see larger and larger parts of a picture, then two dense
    // layers that tell the kinds apart. CifarCnn lists them, and makes them for other images, too.
    Model model = CifarCnn.model();
    System.out.println(model.summary());

    // 3. Compile: Adam, cross-entropy of class numbers, accuracy.
    try (Trainer trainer =
        Trainer.compile(model, Adam.of(), SparseCategoricalCrossentropy.of(), Accuracy.of())) {

      // 4. Train: ten times through the data, tested after each.
      History history =
          trainer.fit(
              cifar.train(),
              Fit.epochs(10)
                  .validation(cifar.test())
                  .callbacks(
                      Callback.onEpoch(
                          epoch -> {
                            System.out.println(
                                "Epoch " + (epoch.index() + 1) + ": " + epoch.metrics());
                            return CallbackAction.proceed();
                          })));

      // 5. Evaluate.
      System.out.printf("Test accuracy: %.4f%n", trainer.evaluate(cifar.test()).get("accuracy"));

      look(cifar, trainer, history, out.resolve("notebook.report"));
      save(trainer, out);
    }
  }

  // 6. Look: curves, samples, predictions, a confusion matrix, in one page.
  private static void look(Cifar10 cifar, Trainer trainer, History history, Path folder)
      throws IOException {
    TestRun test =
        new TestRun(cifar.test(), trainer.predict(cifar.test()), trainer.evaluate(cifar.test()));
    TrainingReport.of(trainer.model(), history, test)
        .samples(cifar.train())
        .settings(Map.of("epochs", 10, "batch_size", 32))
        .writeTo(folder);
  }

  // 7. Save: an archive that Python trains on from, and a SavedModel that servers load.
  private static void save(Trainer trainer, Path out) throws IOException {
    StoredModel trained = StoredModel.of(trainer);
    KerasArchive.write(trained, out.resolve("notebook.keras"));
    SavedModels.export(trained, out.resolve("notebook"));
  }
}
