package kerava.examples;

import static kerava.layers.ActivationFunction.RELU;
import static kerava.layers.ActivationFunction.SOFTMAX;

import java.util.List;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.Optimizer;
import kerava.Sequential;
import kerava.applications.FastNet;
import kerava.applications.ResNet;
import kerava.data.Dataset;
import kerava.images.Interpolation;
import kerava.layers.Activation;
import kerava.layers.BatchNormalization;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Dropout;
import kerava.layers.FillMode;
import kerava.layers.Flatten;
import kerava.layers.FlipMode;
import kerava.layers.MaxPooling2D;
import kerava.layers.Normalization;
import kerava.layers.RandomFlip;
import kerava.layers.RandomTranslation;
import kerava.losses.CategoricalCrossentropy;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.Adam;
import kerava.optimizers.SGD;
import kerava.optimizers.schedules.CosineDecay;
import kerava.optimizers.schedules.PiecewiseConstantDecay;
import kerava.train.Fit;

/**
 * The recipes of {@code kerava train --recipe}: each method is the whole of one, to be read and
 * copied. What they reach is in {@code docs/recipes.md}.
 */
public final class Recipes {
  private static final List<Recipe> ALL =
      List.of(
          new Recipe(
              "baseline",
              "the notebook: three convolutions and Adam",
              new RecipeParameters(10, 32, 0.001),
              Recipes::baseline),
          new Recipe(
              "baseline-plus",
              "the notebook's network with batch normalization, dropout and augmentation",
              new RecipeParameters(30, 64, 0.003),
              Recipes::baselinePlus),
          new Recipe(
              "resnet20",
              "ResNet-20 as in the paper of 2015",
              new RecipeParameters(164, 128, 0.1),
              Recipes::resnet20),
          new Recipe(
              "fast",
              "a small network that passes 90 % in minutes",
              new RecipeParameters(7, 256, 0.4),
              Recipes::fast),
          new Recipe(
              "fast94",
              "the same, wider and for longer, for 94 %",
              new RecipeParameters(14, 256, 0.4),
              Recipes::fast94));

  private Recipes() {}

  /** All recipes, the simplest first. */
  public static List<Recipe> all() {
    return ALL;
  }

  private static Training baseline(Dataset images, RecipeParameters parameters) {
    return Training.of(
        CifarCnn.model(images.inputShape(), images.classNames().size()),
        Adam.of(parameters.learningRate()),
        SparseCategoricalCrossentropy.of(),
        Fit.epochs(parameters.epochs()).batchSize(parameters.batchSize()));
  }

  private static Training baselinePlus(Dataset images, RecipeParameters parameters) {
    Model model =
        Sequential.of(
            Input.of(images.inputShape().asArray()),
            RandomFlip.of(FlipMode.HORIZONTAL),
            moved(images, 2),
            Conv2D.of(32, 3).useBias(false),
            BatchNormalization.of().momentum(0.9),
            Activation.of(RELU),
            MaxPooling2D.of(2),
            Conv2D.of(64, 3).useBias(false),
            BatchNormalization.of().momentum(0.9),
            Activation.of(RELU),
            MaxPooling2D.of(2),
            Conv2D.of(64, 3).useBias(false),
            BatchNormalization.of().momentum(0.9),
            Activation.of(RELU),
            Flatten.of(),
            Dropout.of(0.15),
            Dense.of(64).useBias(false),
            BatchNormalization.of().momentum(0.9),
            Activation.of(RELU),
            Dense.of(images.classNames().size()).activation(SOFTMAX));
    return Training.of(
        model,
        Adam.of().schedule(CosineDecay.of(parameters.learningRate(), parameters.steps(images))),
        SparseCategoricalCrossentropy.of(),
        Fit.epochs(parameters.epochs()).batchSize(parameters.batchSize()));
  }

  /** He et al. 2015, section 4.2: 64,000 steps, a tenth of the rate from 32,000 and 48,000 on. */
  private static Training resnet20(Dataset images, RecipeParameters parameters) {
    Model model =
        ResNet.cifar(20)
            .classes(images.classNames().size())
            .model(
                Input.of(images.inputShape().asArray()),
                centred(images),
                RandomFlip.of(FlipMode.HORIZONTAL),
                moved(images, 4));
    double rate = parameters.learningRate();
    int steps = Math.max(4, parameters.steps(images));
    Optimizer optimizer =
        SGD.of()
            .momentum(0.9)
            .schedule(
                PiecewiseConstantDecay.of(
                    List.of(steps / 2, 3 * steps / 4), List.of(rate, rate / 10, rate / 100)));
    return Training.of(
        model,
        optimizer,
        SparseCategoricalCrossentropy.of(),
        Fit.epochs(parameters.epochs()).batchSize(parameters.batchSize()));
  }

  private static Training fast(Dataset images, RecipeParameters parameters) {
    return fast(FastNet.of(64, 128, 128), images, parameters);
  }

  private static Training fast94(Dataset images, RecipeParameters parameters) {
    return fast(FastNet.of(64, 256, 256), images, parameters);
  }

  /** After Page and Jordan: whitened patches, one cycle of the rate, smooth labels. */
  private static Training fast(FastNet network, Dataset images, RecipeParameters parameters) {
    FastNet net = network.classes(images.classNames().size()).momentum(0.9);
    Node input = Input.of(images.inputShape().asArray());
    int steps = Math.max(4, parameters.steps(images));
    int up = steps / 4;
    double rate = parameters.learningRate();
    Optimizer optimizer =
        SGD.of()
            .momentum(0.85)
            .nesterov(true)
            .weightDecay(0.009)
            .schedule(CosineDecay.of(rate / 5, steps - up).alpha(0.01).warmup(rate, up));
    return Training.of(
            net.model(input, moved(images, 2).fillMode(FillMode.REFLECT)),
            optimizer,
            CategoricalCrossentropy.of().labelSmoothing(0.2),
            Fit.epochs(parameters.epochs()).batchSize(parameters.batchSize()).alternateFlips(true))
        .options(given -> given.withGradientFactor("*/beta", 64))
        .beginning(trainer -> trainer.restore(net.firstWeights(trainer.weights(), images)));
  }

  /** Images of mean 0 and variance 1 in each channel. */
  private static Normalization centred(Dataset images) {
    return Normalization.adapt(images.take(10_000).inputs());
  }

  /** Images moved by whole pixels, at most so many, onto a black ground: pad and crop. */
  private static RandomTranslation moved(Dataset images, int pixels) {
    double share = (pixels + 0.5) / images.inputShape().get(0);
    return RandomTranslation.of(share, share)
        .fillMode(FillMode.CONSTANT)
        .interpolation(Interpolation.NEAREST);
  }
}
