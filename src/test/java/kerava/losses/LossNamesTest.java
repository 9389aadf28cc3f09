package kerava.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import kerava.Loss;
import kerava.config.Catalog;
import kerava.config.Codec;
import kerava.config.Source;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The strings that Keras knows losses by. */
final class LossNamesTest {
  @ParameterizedTest
  @CsvSource({
    "mse, MeanSquaredError",
    "mean_squared_error, MeanSquaredError",
    "MAE, MeanAbsoluteError",
    "bce, BinaryCrossentropy",
    "kld, KLDivergence",
    "kl_divergence, KLDivergence",
    "huber, Huber",
    "mape, MeanAbsolutePercentageError",
    "MAPE, MeanAbsolutePercentageError",
    "mean_absolute_percentage_error, MeanAbsolutePercentageError",
    "msle, MeanSquaredLogarithmicError",
    "MSLE, MeanSquaredLogarithmicError",
    "mean_squared_logarithmic_error, MeanSquaredLogarithmicError",
    "hinge, Hinge",
    "squared_hinge, SquaredHinge",
    "categorical_hinge, CategoricalHinge",
    "binary_focal_crossentropy, BinaryFocalCrossentropy",
    "ctc, CTC",
    "dice, Dice",
    "tversky, Tversky",
    "circle, Circle",
    "log_cosh, LogCosh",
    "sparse_categorical_crossentropy, SparseCategoricalCrossentropy"
  })
  void goesByKerasStrings(String name, String className) {
    Catalog catalog = Catalog.empty().with(Loss.class, LossSchemas.all());
    Source source = Source.root(JsonNodeFactory.instance.textNode(name), catalog);
    assertEquals(className, Codec.object(Loss.class).read(source).schema().className());
  }
}
