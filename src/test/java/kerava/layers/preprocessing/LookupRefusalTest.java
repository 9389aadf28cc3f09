package kerava.layers.preprocessing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.TestDevice;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.Weights;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What lookups refuse, and in which words. */
final class LookupRefusalTest {
  private static final StringLookup COLOURS = StringLookup.of(List.of("red", "blue"));

  private static void refused(String message, Executable action) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, action).getMessage(), message);
  }

  @Test
  void vocabulariesAreSound() {
    refused(
        "StringLookup vocabulary: expected each term once, got \"red\" twice.",
        () -> StringLookup.of(List.of("red", "red")));
    refused(
        "StringLookup vocabulary: expected at least one term, got none.",
        () -> StringLookup.of(List.of()));
    refused(
        "StringLookup vocabulary: expected no special terms, or all of them in front, got \"red\""
            + " elsewhere.",
        () -> COLOURS.maskToken("red"));
    refused(
        "IntegerLookup vocabulary: expected no special terms, or all of them in front, got -1"
            + " elsewhere.",
        () -> IntegerLookup.of(3, -1).invert(true));
    refused(
        "StringLookup vocabulary: expected at most 2 terms (max_tokens), special ones included, got"
            + " 3.",
        () -> COLOURS.maxTokens(2));
  }

  @Test
  void argumentsGoTogether() {
    refused(
        "StringLookup output_mode: expected only INT where invert is true, got COUNT.",
        () -> COLOURS.outputMode(OutputMode.COUNT).invert(true));
    refused(
        "StringLookup pad_to_max_tokens: expected max_tokens beside it, got none.",
        () -> COLOURS.padToMaxTokens(true));
    refused(
        "StringLookup idf_weights: expected as many as there are terms, 2, got none.",
        () -> COLOURS.outputMode(OutputMode.TF_IDF));
    refused(
        "StringLookup idf_weights: expected none unless output_mode is TF_IDF, got some.",
        () -> COLOURS.idfWeights(1, 2));
    refused(
        "IntegerLookup salt: expected none unless oov_method is FARMHASH, got one.",
        () -> IntegerLookup.of(1).salt(1, 2));
    refused(
        "StringLookup max_tokens: expected a whole number of at least 2 or nothing, got 1.",
        () -> COLOURS.maxTokens(1));
  }

  @Test
  void inputsAreOfTheRightType() {
    Node texts = Input.of(DType.STRING, 3);
    Node numbers = Input.of(DType.INT64, 3);
    refused("StringLookup: expected texts, got int64 [-1, 3].", () -> COLOURS.apply(numbers));
    refused(
        "StringLookup: expected numbers, got string [-1, 3].",
        () -> COLOURS.invert(true).apply(texts));
    refused(
        "IntegerLookup: expected numbers, got string [-1, 3].",
        () -> IntegerLookup.of(1).apply(texts));
    refused(
        "StringLookup: expected an axis of numbers behind the batch, for a row a"
            + " sample, got [-1]. Is an Input of shape (1) meant?",
        () -> COLOURS.outputMode(OutputMode.COUNT).apply(Input.of(DType.STRING)));
  }

  @Test
  void aVocabularyIsThere() {
    String missing =
        "StringLookup vocabulary: expected terms, got none. Is adapt to be called, or is the file"
            + " one that holds no vocabularies, such as .h5?";
    refused(missing, () -> StringLookup.of().apply(Input.of(DType.STRING, 1)));
    refused(missing, () -> StringLookup.of().terms());
  }

  @Test
  void onlyWhatWasNotGivenIsLearned() {
    refused(
        "StringLookup adapt: expected a layer without a vocabulary, got one that was given one.",
        () -> COLOURS.adapt("green"));
    refused(
        "StringLookup adapt: expected texts, got INT64 [1].",
        () -> StringLookup.of().adapt(Array.of(new long[1], 1)));
    refused(
        "IntegerLookup adapt: expected whole numbers, got STRING [1].",
        () -> IntegerLookup.of().adapt(Array.of(new String[1], 1)));
    assertEquals(
        List.of("[UNK]", "b"), List.of(StringLookup.of().adapt("a").adapt("b").terms().texts()));
  }

  @Test
  void unknownTermsEndARunWhereNoNumberIsKeptForThem() {
    Node in = Input.of(DType.STRING, 2);
    Model model = Model.of(in, COLOURS.numOovIndices(0).apply(in));
    try (Predictor predictor = Predictor.of(model, Weights.none(), TestDevice.get())) {
      List<Array> inputs = List.of(Array.of(new String[] {"red", "pink"}, 1, 2));
      String message =
          assertThrows(RuntimeException.class, () -> predictor.predict(inputs)).getMessage();
      assertTrue(message.contains("expected terms of the vocabulary"), message);
      assertTrue(message.contains("pink"), message);
    }
  }

  @Test
  void filesHaveOneTermALine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("terms.txt");
    Files.writeString(file, "red\r\nblue\n");
    StringLookup read = StringLookup.of().vocabulary(file);
    assertEquals(List.of("[UNK]", "red", "blue"), List.of(read.terms().texts()));
    Files.writeString(file, "7\n-3");
    assertEquals(
        Array.of(new long[] {0, -1, 7, -3}, 4),
        IntegerLookup.of().maskToken(0).vocabulary(file).terms());
    refused(
        "IntegerLookup vocabulary: expected one whole number a line, got \"red\".",
        () -> IntegerLookup.of().vocabulary(Files.writeString(file, "red")));
    refused(
        "StringLookup vocabulary: expected no empty line in " + file + ", got one.",
        () -> StringLookup.of().vocabulary(Files.writeString(file, "red\n\nblue")));
  }
}
