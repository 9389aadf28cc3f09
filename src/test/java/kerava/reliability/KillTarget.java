package kerava.reliability;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.io.file.PathUtils;

/** A process that writes one state after another, until it is killed. */
final class KillTarget {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KillTarget() {}

  /** Names by subject. */
  static final class Names extends TreeMap<String, TreeSet<String>> {
    private static final long serialVersionUID = 1;
  }

  /**
   * Writes.
   *
   * @param args a folder for what is read, a file with the names that each subject leaves; then
   *     nothing, to write each subject three times and note the names, or the name of a subject and
   *     its folder
   */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path sources = Path.of(args[0]);
    Path names = Path.of(args[1]);
    if (args.length == 2) {
      JSON.writeValue(names.toFile(), names(sources));
      System.exit(0);
    }
    Map<String, TreeSet<String>> usual = JSON.readValue(names.toFile(), Names.class);
    for (Subject subject : Subjects.all(sources)) {
      if (subject.name().equals(args[2])) {
        loop(subject, Path.of(args[3]), usual.get(subject.name()), out);
      }
    }
  }

  private static Names names(Path sources) throws Exception {
    Names names = new Names();
    for (Subject subject : Subjects.all(sources)) {
      Path folder = Files.createTempDirectory(sources, "first");
      int state = 0;
      for (int i = 0; i < 3; i++) {
        state = subject.next(state);
        subject.write(folder, state);
        subject.read(folder);
      }
      names.put(subject.name(), new TreeSet<>(Trees.names(folder)));
      PathUtils.deleteDirectory(folder);
    }
    return names;
  }

  private static void loop(Subject subject, Path folder, Set<String> usual, PrintStream out)
      throws Exception {
    int state = subject.read(folder);
    out.println("ready " + state);
    // Without the process that checks it there is no use in going on.
    for (boolean first = true; !out.checkError(); first = false) {
      subject.write(folder, subject.next(state));
      int found = subject.read(folder);
      if (!subject.follows(state, found)) {
        out.println("lost wrote over state " + state + " what reads as " + found);
      }
      state = found;
      // What the process before left is gone when this one has written.
      Set<String> left = first ? Trees.besides(folder, usual) : Set.of();
      if (!left.isEmpty()) {
        out.println("lost left behind after the next run: " + left);
      }
      out.println("done " + state);
    }
  }
}
