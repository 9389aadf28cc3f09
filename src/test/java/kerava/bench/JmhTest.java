package kerava.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks run; what they measure here means nothing. */
final class JmhTest {
  @Test
  void benchmarksRun() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(
                        "kerava\\.bench\\.(Training|Prediction|Streaming|Saving|Decoding)Benchmark")
                    .param("batch", "32")
                    .param("form", "records")
                    .param("net", "cnn")
                    .param("side", "32")
                    .mode(Mode.SingleShotTime)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(1))
                    .forks(0)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    Set<String> names =
        results.stream().map(r -> r.getPrimaryResult().getLabel()).collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "step",
            "one",
            "bulk",
            "read",
            "readArchive",
            "writeArchive",
            "exportSavedModel",
            "decode",
            "load",
            "java"),
        names);
    assertTrue(results.stream().allMatch(r -> r.getPrimaryResult().getScore() > 0));
  }
}
