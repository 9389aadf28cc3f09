package kerava.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.StoredModel;
import kerava.applications.ResNet;
import kerava.data.Cifar10;
import kerava.data.Dataset;
import kerava.data.Npy;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.images.Interpolation;
import kerava.layers.FillMode;
import kerava.layers.FlipMode;
import kerava.layers.Normalization;
import kerava.layers.RandomFlip;
import kerava.layers.RandomTranslation;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.SGD;
import kerava.saving.KerasArchive;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;

/**
 * Kerava's side of {@code tools/curves/run}: gives ResNet-20 its first weights, and trains it from
 * them on CIFAR-10's images in their own order.
 *
 * <pre>
 * start FOLDER SEED AUGMENT RATE VARIED  writes FOLDER/start_SEED.keras, and the images as .npy
 * train FOLDER SEED EPOCHS LIMIT         trains from it and writes FOLDER/kerava_SEED.json
 * </pre>
 *
 * VARIED is whether all seeds stand for the same first weights, apart from their seventh digit: how
 * far runs from them part is what rounding does.
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
      Model model = model(cifar.train(), Boolean.parseBoolean(args[3]));
      CompileSettings settings = settings(Double.parseDouble(args[4]));
      StoredModel stored = start(model, settings, seed, Boolean.parseBoolean(args[5]));
      KerasArchive.write(stored, folder.resolve("start_" + seed + ".keras"));
      write(cifar.train(), folder, "train");
      write(cifar.test(), folder, "test");
    } else {
      train(folder, seed, Fit.epochs(Integer.parseInt(args[3])), cifar, Integer.parseInt(args[4]));
    }
  }

  private static Model model(Dataset images, boolean augmented) {
    Layer normal = Normalization.adapt(images.take(10_000).inputs());
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

  private static CompileSettings settings(double rate) {
    return CompileSettings.of(
        SGD.of(rate).momentum(0.9),
        SparseCategoricalCrossentropy.of(),
        SparseCategoricalAccuracy.of());
  }

  private static StoredModel start(
      Model model, CompileSettings settings, long seed, boolean varied) {
    TrainerOptions options = TrainerOptions.defaults().withSeed(varied ? 0 : seed);
    try (Trainer trainer = Trainer.compile(model, settings, options)) {
      Weights drawn = trainer.weights();
      Weights first = varied ? drawn.with(varied(kernels(drawn), new Random(seed))) : drawn;
      return StoredModel.of(model, first).compiled(settings, trainer.state().optimizer());
    }
  }

  private static Weights kernels(Weights weights) {
    return weights.where(name -> name.endsWith("/kernel"));
  }

  /** The same with numbers that differ by about a millionth of themselves. */
  private static Weights varied(Weights weights, Random random) {
    Map<String, Array> others = new LinkedHashMap<>();
    for (String name : weights.names()) {
      Array array = weights.get(name);
      float[] numbers = array.floats().clone();
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] *= 1 + 1e-6f * (float) random.nextGaussian();
      }
      others.put(name, Array.of(numbers, array.shape().asArray()));
    }
    return Weights.of(others);
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
                System.out.println("kerava " + seed + " " + epoch.index() + " " + epoch.metrics());
                return CallbackAction.proceed();
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
