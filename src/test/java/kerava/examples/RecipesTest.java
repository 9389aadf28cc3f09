package kerava.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import kerava.Labels;
import kerava.Optimizer;
import kerava.Schedule;
import kerava.data.Dataset;
import kerava.data.Shapes;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RecipesTest {
  private static final Dataset IMAGES = Shapes.load().train();

  static Stream<Recipe> recipes() {
    return Recipes.all().stream();
  }

  private static Recipe named(String name) {
    return recipes().filter(recipe -> recipe.name().equals(name)).findFirst().orElseThrow();
  }

  /** Small batches of few images, for the recipe to be gone through as a whole. */
  @ParameterizedTest
  @MethodSource("recipes")
  void trains(Recipe recipe) {
    Dataset few = IMAGES.take(24);
    Training training =
        recipe.training(few, new RecipeParameters(2, 8, recipe.parameters().learningRate()));
    TrainerOptions options = TrainerOptions.defaults().withSeed(1).withDevice(Device.cpu());
    try (Trainer trainer =
        Trainer.compile(training.model(), training.settings(), training.options().apply(options))) {
      training.beginning().accept(trainer);
      boolean targets = training.settings().loss().labels() == Labels.Kind.TARGETS;
      History history = trainer.fit(targets ? few.oneHot() : few, training.fit());
      assertEquals(2, history.epochs());
      assertTrue(Double.isFinite(history.get("loss").get(1)), history.toString());
      assertTrue(history.get("accuracy").get(1) <= 1);
    }
  }

  /** 64,000 steps on CIFAR-10; the rate is divided by 10 after one half and three quarters. */
  @Test
  void resnet20GoesByThePapersSchedule() {
    Recipe recipe = named("resnet20");
    Dataset fifty =
        Dataset.of(Array.of(new byte[50_000], 50_000, 1), Array.of(new int[50_000], 50_000));
    assertEquals(64_000, recipe.parameters().steps(fifty), 391);
    Training training = recipe.training(IMAGES.take(200), new RecipeParameters(32, 1, 0.1));
    Optimizer optimizer = training.settings().optimizer();
    Schedule rate = optimizer.learningRate().schedule().orElseThrow();
    for (long step : new long[] {0, 3200}) {
      assertEquals(0.1, rate.at(step), 1e-9);
    }
    for (long step : new long[] {3201, 4800}) {
      assertEquals(0.01, rate.at(step), 1e-9);
    }
    assertEquals(0.001, rate.at(4801), 1e-9);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void theRateIsTheHighestOfTheSchedule(Recipe recipe) {
    RecipeParameters terms = new RecipeParameters(3, 16, 0.03);
    Dataset few = IMAGES.take(80);
    var rate = recipe.training(few, terms).settings().optimizer().learningRate();
    double highest =
        Stream.iterate(0L, step -> step < terms.steps(few), step -> step + 1)
            .mapToDouble(step -> rate.schedule().map(s -> s.at(step)).orElse(rate.initial()))
            .max()
            .orElseThrow();
    assertEquals(0.03, highest, 1e-9);
  }

  @Test
  void namesAndTermsAreWhatTheyShouldBe() {
    assertEquals(
        List.of("baseline", "baseline-plus", "resnet20", "fast", "fast94"),
        recipes().map(Recipe::name).toList());
    assertEquals(new RecipeParameters(10, 32, 0.001), named("baseline").parameters());
    assertEquals(30, named("baseline-plus").parameters().epochs());
    assertEquals(6, new RecipeParameters(2, 10, 1).steps(IMAGES.take(21)));
    assertEquals(
        "Terms: expected at least 1 epoch, a batch of at least 1 and a rate above 0, got 0, 1 and"
            + " 0.5.",
        assertThrows(IllegalArgumentException.class, () -> new RecipeParameters(0, 1, 0.5))
            .getMessage());
  }
}
