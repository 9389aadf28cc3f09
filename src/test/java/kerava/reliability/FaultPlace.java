package kerava.reliability;

import java.nio.file.Path;

/** Where a run of faults keeps what its processes share. */
record FaultPlace(Path folder) {
  Path cases() {
    return folder.resolve("cases");
  }

  Path sources() {
    return folder.resolve("sources");
  }

  Path control() {
    return folder.resolve("control");
  }

  Path deferred() {
    return folder.resolve("deferred");
  }

  Path measured() {
    return folder.resolve("measured");
  }
}
