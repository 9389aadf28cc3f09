package kerava.reliability;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import kerava.saving.SavedModels;

/** Versions of a SavedModel. */
final class Export implements Subject {
  @Override
  public String name() {
    return "export";
  }

  @Override
  public boolean keepsAll() {
    return true;
  }

  @Override
  public void write(Path folder, int state) throws Exception {
    SavedModels.export(Small.stored(state), folder.resolve("base"));
  }

  @Override
  public int read(Path folder) throws Exception {
    Path base = folder.resolve("base");
    int newest = 0;
    if (Files.isDirectory(base)) {
      try (Stream<Path> versions = Files.list(base)) {
        for (Path version :
            versions.filter(v -> v.getFileName().toString().matches("\\d+")).toList()) {
          int number = Integer.parseInt(version.getFileName().toString());
          int state = Small.state(SavedModels.read(version).weights());
          if (state != (number - 1) % STATES + 1) {
            throw new IllegalStateException("version " + number + " holds state " + state);
          }
          newest = Math.max(newest, number);
        }
      }
    }
    return newest == 0 ? 0 : (newest - 1) % STATES + 1;
  }
}
