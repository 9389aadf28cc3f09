package kerava.saving.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.files.ModelFormatException;
import kerava.images.Preprocessing;
import kerava.images.Resize;
import kerava.images.Scaling;
import kerava.layers.Conv2D;
import kerava.saving.SeedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an archive says of pixels, in today's words and in those of earlier archives. */
final class CardJsonTest {
  private static final Path FILE = Path.of("model.keras");
  private static final Model MODEL = Sequential.of(Input.of(8, 8, 3), Conv2D.of(2, 3));
  private static final StoredModel STORED = StoredModel.of(MODEL, SeedModel.weights(MODEL, 1));

  private static StoredModel read(String card) throws IOException {
    byte[] bytes = card.getBytes(StandardCharsets.UTF_8);
    return CardJson.preprocessed(FILE, STORED, Optional.of(bytes));
  }

  @ParameterizedTest
  @CsvSource({"255.0, UNIT", "255, UNIT", "1.0, NONE", "1, NONE"})
  void readsTheDivisorOfEarlierArchives(String divisor, Scaling scaling) throws IOException {
    Model model = read("{\"divisor\": %s}".formatted(divisor)).model();
    assertEquals(scaling, model.preprocessing().scaling());
    assertTrue(model.saysPreprocessing());
  }

  @Test
  void refusesADivisorThatNoArchiveHad() {
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> read("{\"divisor\": 7}"));
    assertTrue(e.getMessage().contains("got \"7\""), e.getMessage());
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Preprocessing how = Preprocessing.of(8, 8).resize(Resize.PAD).scaling(Scaling.CAFFE);
    StoredModel said = STORED.preprocessing(how);
    assertEquals(how, read(CardJson.write(said).toString()).model().preprocessing());
  }

  @Test
  void saysNothingWhereTheFileDoesNot() throws IOException {
    assertFalse(read("{}").model().saysPreprocessing());
    assertFalse(CardJson.preprocessed(FILE, STORED, Optional.empty()).model().saysPreprocessing());
  }
}
