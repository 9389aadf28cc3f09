package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;

/** Graphs under construction, their sessions, seeds and names. */
final class NetworkTest {
  private static final SessionOptions CPU = SessionOptions.on(Device.cpu());

  private static Weights one(String name, Array array) {
    return Weights.of(new LinkedHashMap<>(Map.of(name, array)));
  }

  @Test
  void makesAWeightOnce() {
    try (Network network = Network.create(1)) {
      Variable first = network.weight("a/kernel", Shape.of(2, 3), InitialValue.constant(1));
      assertSame(first, network.weight("a/kernel", Shape.of(2, 3), InitialValue.constant(2)));
      assertSame(network.iteration(), network.iteration());
      assertEquals(List.of(first, network.iteration()), network.variables());
      assertEquals(
          "a/kernel: expected the shape [2, 3] that it was made with, got [3, 2].",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> network.weight("a/kernel", Shape.of(3, 2), InitialValue.constant(1)))
              .getMessage());
    }
  }

  @Test
  void givesWeightsTheirFirstValuesAndTakesOthers() {
    try (Network network = Network.create(1)) {
      network.weight("a/kernel", Shape.of(2), InitialValue.constant(1.5f));
      network.iteration();
      try (NetworkSession session = network.start(CPU)) {
        session.initialize();
        assertEquals(Array.of(new float[] {1.5f, 1.5f}, 2), read(session, "a/kernel"));
        assertEquals(Array.of(new long[] {0}), read(session, Network.ITERATION));
        Array other = Array.of(new float[] {3, 4}, 2);
        session.write(one("a/kernel", other));
        session.write(one(Network.ITERATION, Array.of(new long[] {7})));
        session.write(Weights.none());
        assertEquals(other, read(session, "a/kernel"));
        assertEquals(7, read(session, Network.ITERATION).longs()[0]);
        assertEquals(Weights.none(), session.read(List.of()));
        session.initialize();
        assertEquals(0, read(session, Network.ITERATION).longs()[0]);
      }
    }
  }

  private static Array read(NetworkSession session, String name) {
    return session.read(List.of(name)).get(name);
  }

  @Test
  void hasConstantsInsteadOfWeights() {
    Weights weights = one("a/kernel", Array.of(new float[] {3, 4}, 2));
    try (Network network = Network.constant(weights)) {
      Pass pass = network.pass("infer", Mode.INFER);
      Variable right = pass.define("a/kernel", Shape.of(2), InitialValue.constant(1));
      assertEquals("Const", pass.read(right).asOutput().op().type());
      assertTrue(pass.scope("a").constant());
      try (NetworkSession session = network.start(CPU);
          Result result = session.session().runner().fetch(pass.read(right)).run()) {
        assertEquals(weights.get("a/kernel"), Tensors.array(result.get(0)));
      }
    }
    try (Network network = Network.constant(weights)) {
      Pass pass = network.pass("infer", Mode.INFER);
      Variable other = pass.define("a/kernel", Shape.of(3), InitialValue.constant(1));
      Variable missing = pass.define("b/kernel", Shape.of(3), InitialValue.constant(1));
      assertEquals(
          "a/kernel: expected the shape [3], got [2].",
          assertThrows(IllegalArgumentException.class, () -> pass.read(other)).getMessage());
      assertEquals(
          "Weights: expected one of [a/kernel], got \"b/kernel\".",
          assertThrows(IllegalArgumentException.class, () -> pass.read(missing)).getMessage());
    }
  }

  @Test
  void refusesWeightsThatAreNotItsOwn() {
    try (Network network = Network.create(1)) {
      network.weight("a/kernel", Shape.of(2), InitialValue.constant(1));
      try (NetworkSession session = network.start(CPU)) {
        session.initialize();
        refused(
            "a/kernel: expected the shape [2], got [3].",
            () -> session.write(one("a/kernel", Array.of(new float[3], 3))));
        refused(
            "a/kernel: expected numbers of type TFloat32, got INT32 [2].",
            () -> session.write(one("a/kernel", Array.of(new int[2], 2))));
        refused(
            "NetworkSession: expected one of [a/kernel], got \"b\".",
            () -> session.write(one("b", Array.of(new float[2], 2))));
        refused(
            "NetworkSession: expected one of [a/kernel], got \"b\".",
            () -> session.read(List.of("b")));
      }
    }
  }

  private static void refused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void closesOnceAndThenRefusesEverything() {
    NetworkSession session;
    try (Network network = Network.create(1)) {
      network.weight("a", Shape.of(2), InitialValue.constant(1));
      session = network.start(CPU);
      assertEquals(
          "Network: expected to be started once, got a second start.",
          assertThrows(IllegalStateException.class, () -> network.start(CPU)).getMessage());
    }
    session.initialize();
    assertEquals(2, read(session, "a").size());
    session.close();
    session.close();
    List<Executable> uses =
        List.of(
            session::session,
            session::initialize,
            () -> session.read(List.of("a")),
            () -> session.write(one("a", Array.of(new float[2], 2))));
    for (Executable use : uses) {
      assertEquals(
          "NetworkSession: expected an open session, got a closed one.",
          assertThrows(IllegalStateException.class, use).getMessage());
    }
  }

  @Test
  void weightsOfOneNameSeedAndShapeBeginAlikeAndOthersDoNot() {
    InitialValue random =
        (tf, shape, seed) ->
            tf.random.statelessRandomUniform(
                tf.constant(shape.asArray()),
                tf.constant(new long[] {seed, 0}),
                org.tensorflow.types.TFloat32.class);
    Weights first = drawn(1, random);
    assertEquals(first, drawn(1, random));
    assertNotEquals(first.get("a"), first.get("b"));
    assertNotEquals(first.get("a"), drawn(2, random).get("a"));
  }

  private static Weights drawn(long seed, InitialValue initial) {
    try (Network network = Network.create(seed)) {
      network.weight("a", Shape.of(5), initial);
      network.weight("b", Shape.of(5), initial);
      try (NetworkSession session = network.start(CPU)) {
        session.initialize();
        return session.read(List.of("a", "b"));
      }
    }
  }

  @Test
  void takesNamesThatTensorFlowWouldNot() {
    List<String> names =
        List.of("Initial/kernel", "a b/kernel", "a_b/kernel", "_x/k", "ü", "a/b/c/d", "a", "-");
    try (Network network = Network.create(1)) {
      for (String name : names) {
        network.weight(name, Shape.of(1), InitialValue.constant(names.indexOf(name)));
      }
      try (NetworkSession session = network.start(CPU)) {
        session.initialize();
        Weights weights = session.read(names);
        assertEquals(names, List.copyOf(weights.names()));
        for (int i = 0; i < names.size(); i++) {
          assertEquals(i, weights.get(names.get(i)).floats()[0], names.get(i));
        }
      }
    }
  }

  @Test
  void makesNamesLegal() {
    assertEquals("conv2d_1", NameScopes.legal("conv2d_1"));
    assertEquals("a_layer", NameScopes.legal("a layer"));
    assertEquals("nInitial", NameScopes.legal("Initial"));
    assertEquals("n_x", NameScopes.legal("_x"));
    assertEquals("n-", NameScopes.legal("-"));
    assertEquals("initial", NameScopes.legal("initial"));
  }

  @Test
  void seedsDifferByNameAndSeedAndNeverAreNegative() {
    assertEquals(Seeds.of(1, "a"), Seeds.of(1, "a"));
    long different =
        IntStream.range(0, 2000)
            .mapToLong(i -> Seeds.of(i % 40, "name " + i / 40))
            .distinct()
            .count();
    assertEquals(2000, different);
    assertTrue(
        IntStream.range(-500, 500)
            .mapToLong(i -> Seeds.of(i, "a"))
            .allMatch(seed -> seed >= 0 && seed <= Integer.MAX_VALUE));
  }
}
