package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Checkouts with a launcher, and a small program in Kerava's place. */
abstract class LauncherCheckouts {
  static final Run WELL = new Run(0, "one, two|a b", "");

  @TempDir Path folder;

  static Path compiled;

  Path fake;

  @BeforeAll
  static void compile(@TempDir Path shared) throws IOException {
    compiled = Checkout.compile(shared);
  }

  @BeforeEach
  void makeHome() throws IOException {
    fake = Checkout.fake(folder.resolve("fake"), compiled);
  }
}
