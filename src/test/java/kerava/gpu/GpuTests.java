package kerava.gpu;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import kerava.TestDevice;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the tests that heed KERAVA_TEST_DEVICE, where there is no Maven. */
final class GpuTests {
  private GpuTests() {}

  /** Prints how many there were, and ends with 1 if one failed or none was found. */
  public static void main(String[] args) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("kerava"))
                .filters(TagFilter.includeTags(TestDevice.TAG))
                .build(),
            listener);
    TestExecutionSummary summary = listener.getSummary();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    summary.printFailuresTo(out, 5);
    out.println(
        "tests: found "
            + summary.getTestsFoundCount()
            + ", passed "
            + summary.getTestsSucceededCount()
            + ", failed "
            + summary.getTotalFailureCount());
    boolean good = summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0;
    System.exit(good ? 0 : 1);
  }
}
