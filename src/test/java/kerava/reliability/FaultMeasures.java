package kerava.reliability;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.commons.io.file.PathUtils;

/**
 * What the first process of a run finds out of each subject, and the others read.
 *
 * @param operations how many operations a write has, over nothing and over a state
 * @param names what lies there then
 */
record FaultMeasures(List<List<Integer>> operations, List<TreeSet<String>> names) {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads what is known, or finds it out. */
  static FaultMeasures of(FaultPlace place, List<Subject> subjects, FaultControl control)
      throws Exception {
    Path known = place.measured();
    if (!Files.exists(known)) {
      FaultMeasures measures = new FaultMeasures(new ArrayList<>(), new ArrayList<>());
      for (Subject subject : subjects) {
        measures.add(subject, place.cases(), control);
      }
      JSON.writeValue(known.toFile(), measures);
    }
    return JSON.readValue(known.toFile(), FaultMeasures.class);
  }

  private void add(Subject subject, Path cases, FaultControl control) throws Exception {
    Path folder = Files.createDirectories(cases.resolve("first"));
    List<Integer> counts = new ArrayList<>();
    int state = 0;
    for (int i = 0; i < 3; i++) {
      state = subject.next(state);
      control.arm(NEVER, FaultControl.Mode.FAIL, 0);
      subject.write(folder, state);
      int count = control.disarm();
      if (i < 2) {
        counts.add(count);
      }
      if (subject.read(folder) != state) {
        throw new IllegalStateException(subject.name() + ": wrote " + state + ", read another");
      }
    }
    operations.add(counts);
    names.add(new TreeSet<>(Trees.names(folder)));
    PathUtils.deleteDirectory(folder);
  }
}
