package kerava.cli;

import static kerava.interop.KerasFixtures.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.data.Npy;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;

/** Predictions of SavedModels through signatures of many types. */
final class PredictSignatureTest extends Predictions {
  private List<Object> types(Array longs, Array truths) throws IOException {
    List<Object> words = new ArrayList<>(List.of("predict", TYPES, "--signature", "all"));
    Map<String, Array> inputs = new LinkedHashMap<>();
    inputs.put("real", Array.of(new float[] {1, 2, Float.NaN, 4}, 2, 2));
    inputs.put("whole", Array.of(new long[] {7, -8}, 2));
    inputs.put("long", longs);
    inputs.put("byte", Array.of(new int[] {3, 254}, 2));
    inputs.put("truth", truths);
    for (Map.Entry<String, Array> input : inputs.entrySet()) {
      words.addAll(
          List.of("--input", input.getKey() + "=" + npy(input.getKey(), input.getValue())));
    }
    return words;
  }

  @Test
  void asksASignatureOfManyNumberTypes() throws IOException {
    Array longs = Array.of(new long[] {1L << 40, 0}, 2);
    Array truths = Array.of(new byte[] {1, 0}, 2);
    Run run = succeeds(types(longs, truths).toArray());
    assertEquals(
        """
        byte:
        4
        255
        long:
        1099511627775
        -1
        real:
        2.0 4.0
        NaN 8.0
        truth:
        0
        1
        whole:
        8
        -7
        """,
        run.out());
    fails(
        "input \"truth\": expected truths, 0 or 1, got 2.",
        types(longs, Array.of(new byte[] {2, 0}, 2)).toArray());
    fails(
        "input \"long\": expected int64 [-1], got FLOAT32 [2].",
        types(Array.of(new float[2], 2), truths).toArray());
  }

  @Test
  void saysWhichSignaturesThereAreWhereNoneIsMeant() throws IOException {
    Path x = npy("x", Array.of(new float[] {1, 2}, 2, 1));
    fails(
        "expected one of the signatures all, double, running, scalar, text, got"
            + " \"serving_default\". Choose one with --signature",
        "predict",
        TYPES,
        x);
    fails("got \"none\"", "predict", TYPES, x, "--signature", "none");
    fails(
        "input \"x\": expected float64 [-1, 1], got float32",
        "predict",
        TYPES,
        x,
        "--signature",
        "double");
    fails(
        "--signature: expected beside the folder of a SavedModel",
        "predict",
        TWO_INPUTS.resolve("m.keras"),
        x,
        "--signature",
        "serve");
    Path row = npy("row", Array.of(new float[] {1, 1}, 1, 2));
    assertTrue(succeeds("predict", file("tf1"), row).out().startsWith("5.0"));
  }

  @Test
  void callsAFunctionThatMixesRowsWithAllOfThem() throws IOException {
    float[] ones = new float[600];
    java.util.Arrays.fill(ones, 1);
    Path x = npy("x", Array.of(ones, 600, 1));
    Path out = folder.resolve("out");
    succeeds("predict", TYPES, x, "--signature", "running", "--output", out);
    assertEquals(600f, Npy.read(out.resolve("sum.npy")).floats()[599]);
  }

  @Test
  void takesTheOrderOfASignatureFromTheFunctionBehindIt() throws IOException {
    Path a = npy("a", Array.of(new long[] {1, 2}, 2));
    Path b = npy("b", Array.of(new long[] {10, 20}, 2));
    Run run = succeeds("predict", file("tf_module"), a, b, "--signature", "sum");
    assertEquals("11\n22\n", run.out());
  }

  @Test
  void printsTexts() throws IOException {
    Path x = npy("x", Array.of(new float[] {1, 2}, 2, 1));
    assertEquals(
        "text:\n1.000000\n2.000000\nx:\n1.0\n2.0\n",
        succeeds("predict", TYPES, x, "--signature", "text").out());
  }

  @Test
  void asksASignatureWithoutRows() throws IOException {
    Path x = npy("x", Array.of(new float[] {3}));
    assertEquals("9.0\n", succeeds("predict", TYPES, x, "--signature", "scalar").out());
  }
}
