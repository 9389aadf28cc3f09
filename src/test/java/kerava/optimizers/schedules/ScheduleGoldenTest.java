package kerava.optimizers.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import kerava.Computation;
import kerava.KerasCase;
import kerava.Schedule;
import kerava.config.Catalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TFloat32;

/** Each schedule against what Python Keras computed. */
final class ScheduleGoldenTest {
  static List<KerasCase> cases() {
    return KerasCase.all("schedule");
  }

  @Test
  void thereIsACaseForEachSchedule() {
    assertEquals(
        ScheduleSchemas.all().size(),
        cases().stream().map(KerasCase::className).distinct().count());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAsInKeras(KerasCase golden) {
    Schedule schedule =
        golden.read(ScheduleSchemas.all(), golden.json().get("config"), Catalog.empty());
    JsonNode steps = golden.json().get("steps");
    for (int i = 0; i < steps.size(); i++) {
      long step = steps.get(i).asLong();
      double wanted = golden.json().get("values").get(i).asDouble();
      // Most of the error is Keras' own: it computes in single precision.
      double tolerance = 2e-7 + 1e-6 * wanted;
      assertEquals(wanted, inGraph(schedule, step), tolerance, () -> "in a graph, step " + step);
      assertEquals(wanted, schedule.at(step), tolerance, () -> "on the host, step " + step);
    }
  }

  private static double inGraph(Schedule schedule, long step) {
    return Computation.of(
            tf -> tf.dtypes.cast(schedule.rate(tf, tf.constant(step)), TFloat32.class))
        .floats()[0];
  }
}
