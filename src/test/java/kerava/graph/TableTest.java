package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kerava.TestDevice;
import org.junit.jupiter.api.Test;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TString;

/** Tables are filled once, for whoever asks. */
final class TableTest {
  private static final TermTable COLOURS =
      new TermTable(texts("red", "blue"), 5, false, Array.of(new long[] {-1}));

  private static Array texts(String... texts) {
    return Array.of(texts, texts.length);
  }

  @Test
  void oneTableServesAllPasses() {
    try (Network network = Network.create(0)) {
      Scope training = network.pass("train", Mode.TRAIN).scope("lookup");
      Scope inference = network.pass("infer", Mode.INFER).scope("lookup");
      Table table = training.table("table", COLOURS);
      assertSame(table, inference.table("table", COLOURS));
      assertEquals(List.of(table), network.tables().all());
      assertEquals("lookup/table", table.name());
      TermTable others = new TermTable(texts("red"), 5, false, Array.of(new long[] {-1}));
      assertEquals(
          "lookup/table: expected the terms that the table was made with, got others.",
          assertThrows(IllegalArgumentException.class, () -> inference.table("table", others))
              .getMessage());
    }
  }

  /** As steps that are repeated are, and replicas. */
  @Test
  void theCopyInAFunctionFindsTheTable() {
    Network network = Network.create(0);
    Scope scope = network.pass("infer", Mode.INFER).scope("lookup");
    Operand<TString> keys =
        network.tf().placeholder(TString.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    Operand<?> found = scope.table("table", COLOURS).find(network.tf(), keys);
    try (ConcreteFunction function =
        ConcreteFunction.create(
            Signature.builder("find").input("keys", keys).output("found", found).build(),
            network.graph())) {
      Operand<TString> others =
          network.tf().placeholder(TString.class, Placeholder.shape(Shape.of(2)));
      Operand<?> called =
          function.call(network.tf(), java.util.Map.of("keys", others)).get("found");
      try (NetworkSession session = network.start(SessionOptions.on(TestDevice.get()));
          Tensor fed = Tensors.of(texts("blue", "green"));
          Result result = session.session().runner().feed(others, fed).fetch(called).run()) {
        assertEquals(Array.of(new long[] {6, -1}, 2), Tensors.array(result.get(0)));
      }
    }
  }

  @Test
  void tablesWorkBothWays() {
    assertEquals(Array.of(new long[] {5, 6}, 2), COLOURS.values());
    TermTable inverse = new TermTable(texts("red", "blue"), 5, true, texts("?"));
    assertEquals(COLOURS.values(), inverse.keys());
    assertEquals(COLOURS.keys(), inverse.values());
  }

  @Test
  void someTermsCannotStandInAFile() {
    assertTrue(COLOURS.isLines());
    for (String term : List.of("", "a\nb", "a\r")) {
      assertFalse(new TermTable(texts("red", term), 0, false, texts("?")).isLines(), term);
    }
    assertFalse(new TermTable(Array.of(new long[] {1}, 1), 0, false, texts("?")).isLines());
    assertFalse(new TermTable(texts(), 0, false, texts("?")).isLines());
  }
}
