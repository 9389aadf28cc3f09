package kerava.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.applications.ResNet;
import kerava.data.Cifar10;
import kerava.data.Dataset;
import kerava.data.Npy;
import kerava.layers.FillMode;
import kerava.layers.FlipMode;
import kerava.layers.Interpolation;
import kerava.layers.Normalization;
import kerava.layers.RandomFlip;
import kerava.layers.RandomTranslation;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.SGD;
import kerava.saving.KerasArchive;
import kerava.saving.StoredModel;
import kerava.train.Callback;
import kerava.train.Decision;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;

/**
 * Kerava's side of {@code tools/curves/run}: gives ResNet-20 its first weights, and trains it from
 * them on CIFAR-10's images in their own order.
 *
 * <pre>
 * start FOLDER SEED AUGMENT      writes FOLDER/start_SEED.keras, and the images as .npy
 * train FOLDER SEED EPOCHS LIMIT trains from it and writes FOLDER/kerava_SEED.json
 * </pre>
 */
public final class ResNetCurve {
  private static final int BATCH = 128;

  private ResNetCurve() {}

  /** Does what the arguments say; {@code KERAVA_CIFAR10} names the folder of the images. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    Files.createDirectories(folder);
    Cifar10 cifar = Cifar10.load(Path.of(System.getenv("KERAVA_CIFAR10")));
    long seed = Long.parseLong(args[2]);
    if (args[0].equals("start")) {
      start(folder, seed, Boolean.parseBoolean(args[3]), cifar);
    } else {
      train(folder, seed, Fit.epochs(Integer.parseInt(args[3])), cifar, Integer.parseInt(args[4]));
    }
  }

  private static Model model(Dataset images, boolean augmented) {
    Layer normal = Normalization.adapt(images.take(10_000).inputs(), images.divisor());
    Layer flip = RandomFlip.of(FlipMode.HORIZONTAL);
    Layer move =
        RandomTranslation.of(4.5 / 32, 4.5 / 32)
            .fillMode(FillMode.CONSTANT)
            .interpolation(Interpolation.NEAREST);
    ResNet net = ResNet.cifar(20);
    return augmented
        ? net.model(Input.of(32, 32, 3), normal, flip, move)
        : net.model(Input.of(32, 32, 3), normal);
  }

  private static void start(Path folder, long seed, boolean augmented, Cifar10 cifar)
      throws IOException {
    CompileSettings settings =
        CompileSettings.of(
            SGD.of(0.1).momentum(0.9),
            SparseCategoricalCrossentropy.of(),
            SparseCategoricalAccuracy.of());
    Model model = model(cifar.train(), augmented);
    TrainerOptions options = TrainerOptions.defaults().withSeed(seed);
    try (Trainer trainer = Trainer.compile(model, settings, options)) {
      KerasArchive.write(
          StoredModel.of(model, trainer.weights()).compiled(settings, trainer.state().optimizer()),
          folder.resolve("start_" + seed + ".keras"));
    }
    write(cifar.train(), folder, "train");
    write(cifar.test(), folder, "test");
  }

  private static void write(Dataset images, Path folder, String name) throws IOException {
    Npy.write(folder.resolve(name + "_x.npy"), images.inputs());
    Npy.write(folder.resolve(name + "_y.npy"), images.labels());
  }

  private static void train(Path folder, long seed, Fit fit, Cifar10 cifar, int limit)
      throws IOException {
    StoredModel stored = KerasArchive.read(folder.resolve("start_" + seed + ".keras"));
    TrainerOptions options = TrainerOptions.defaults().withSeed(seed);
    CompileSettings settings = stored.settings().orElseThrow();
    try (Trainer trainer = Trainer.compile(stored.model(), settings, options)) {
      trainer.restore(stored.weights());
      Callback progress =
          Callback.onEpoch(
              epoch -> {
                System.out.println("kerava " + seed + " " + epoch.index() + " " + epoch.figures());
                return Decision.proceed();
              });
      History history =
          trainer.fit(
              cifar.train().take(limit),
              fit.batchSize(BATCH)
                  .shuffle(false)
                  .validation(cifar.test().take(limit))
                  .callbacks(progress));
      Map<String, Object> report = new LinkedHashMap<>(history.metrics());
      report.put("seconds", history.secondsPerEpoch());
      new ObjectMapper().writeValue(folder.resolve("kerava_" + seed + ".json").toFile(), report);
    }
  }
}
