package kerava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.layers.MaxPooling2D;
import kerava.layers.ReLU;
import org.junit.jupiter.api.Test;

final class LayerNamesTest {
  private static List<String> names(Layer... layers) {
    return Sequential.of(Input.of(8, 8, 1), layers).layers().stream()
        .map(NamedLayer::name)
        .toList();
  }

  @Test
  void countsEachClassAnewInEveryModel() {
    for (int i = 0; i < 2; i++) {
      assertEquals(
          List.of(
              "conv2d",
              "re_lu",
              "max_pooling2d",
              "conv2d_1",
              "flatten",
              "dense",
              "dense_1",
              "dense_2"),
          names(
              Conv2D.of(2, 3),
              ReLU.of(),
              MaxPooling2D.of(2),
              Conv2D.of(2, 3),
              Flatten.of(),
              Dense.of(2),
              Dense.of(2),
              Dense.of(2)));
    }
  }

  @Test
  void aLayerThatStandsTwiceIsTwoLayers() {
    Layer dense = Dense.of(2);
    assertEquals(List.of("flatten", "dense", "dense_1"), names(Flatten.of(), dense, dense));
  }

  @Test
  void keepsTheUsersNamesAndDoesNotCountThem() {
    assertEquals(
        List.of("flatten", "logits", "dense", "dense_1"),
        names(Flatten.of(), Dense.of(2).named("logits"), Dense.of(2), Dense.of(2)));
  }

  @Test
  void goesAroundNamesThatTheUserTook() {
    assertEquals(
        List.of("flatten", "dense_1", "dense_2", "dense"),
        names(Flatten.of(), Dense.of(2), Dense.of(2), Dense.of(2).named("dense")));
  }

  @Test
  void refusesANameTwice() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> names(Flatten.of(), Dense.of(2).named("a"), Dense.of(3).named("a")));
    assertEquals("Model: expected unique layer names, got \"a\" twice.", e.getMessage());
  }

  @Test
  void refusesNamesThatNoFileCanHold() {
    for (String name : List.of("", "a/b")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Dense.of(2).named(name));
      assertEquals(
          "Dense name: expected a name without \"/\" or nothing, got \"" + name + "\".",
          e.getMessage());
    }
  }

  @Test
  void countsInModelOrderWhateverTheOrderOfWriting() {
    Node x = Input.of(4);
    Node late = Dense.of(3).apply(x);
    Node early = Dense.of(5).apply(x);
    Model model = Model.of(x, early.then(Dense.of(3)).then(Dense.of(1)));
    assertEquals(
        List.of("input_layer", "dense", "dense_1", "dense_2"),
        model.layers().stream().map(NamedLayer::name).toList());
    assertEquals(3, late.shape().get(1));
  }
}
