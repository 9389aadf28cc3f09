package kerava.saving.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import kerava.graph.Array;
import kerava.saving.savedmodel.Protos;
import org.junit.jupiter.api.Test;

/** The requests in a file for TensorFlow Serving. */
final class WarmupRequestTest {
  private final List<byte[]> records = List.of("kerava".getBytes(UTF_8), new byte[0]);

  @Test
  void requestsSurvive() throws IOException {
    WarmupRequest request =
        new WarmupRequest(
            "model",
            "classify",
            Map.of(
                "a",
                Protos.floats(Array.of(new float[] {1, 2}, 1, 2)),
                "b",
                Protos.strings(records)));
    assertEquals(request, WarmupRequest.parse(request.toBytes()));
  }
}
