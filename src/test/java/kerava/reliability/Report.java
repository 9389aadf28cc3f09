package kerava.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kerava.report.TrainingReport;

/** The folder of a report, drawn anew or copied from another. */
final class Report implements Subject {
  private final String name;
  private final boolean copied;
  private final Path sources;
  private final Map<Integer, Map<String, byte[]>> expected = new HashMap<>();

  Report(String name, boolean copied, Path sources) {
    this.name = name;
    this.copied = copied;
    this.sources = sources;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int weight() {
    return copied ? 1 : 10;
  }

  private Path original(int state) throws IOException {
    Path original = sources.resolve("state" + state + ".report");
    if (!Files.exists(original)) {
      Small.report(state).writeTo(original);
    }
    return original;
  }

  @Override
  public void write(Path folder, int state) throws Exception {
    Path target = folder.resolve("m.report");
    if (copied) {
      TrainingReport.copy(original(state), target);
    } else {
      Small.report(state).writeTo(target);
    }
  }

  @Override
  public int read(Path folder) throws Exception {
    Map<String, byte[]> found = Trees.visible(folder.resolve("m.report"));
    if (found.isEmpty()) {
      return 0;
    }
    for (int state = 1; state <= STATES; state++) {
      if (!expected.containsKey(state)) {
        expected.put(state, Trees.visible(original(state)));
      }
      if (Trees.equal(expected.get(state), found)) {
        return state;
      }
    }
    throw new IllegalStateException("half: the files " + found.keySet());
  }
}
