package kerava.cli.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kerava.cli.inference.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of trainings: they grow, nobody gets one twice, and nothing is lost. */
final class RunNumberTest {
  @TempDir private Path folder;
  private RunFiles files;

  @BeforeEach
  void name() {
    files = new RunFiles(folder, "net");
  }

  private void archive(Path path, String content) throws IOException {
    Files.write(path, content.getBytes(UTF_8));
  }

  private void report(Path path, String content) throws IOException {
    Files.createDirectories(path);
    Files.write(path.resolve("report.html"), content.getBytes(UTF_8));
  }

  private void write(long number) throws IOException {
    archive(files.archive(number), "archive " + number);
    Files.createDirectories(files.savedModel(number));
    report(files.report(number), "report " + number);
  }

  @Test
  void startsWithOneAndGrowsPastWhateverHasANumber() throws IOException {
    assertEquals(1, claimed());
    archive(files.archive(4), "");
    assertEquals(5, claimed());
    Files.createDirectories(files.savedModel(7));
    assertEquals(8, claimed());
    report(files.report(11), "");
    assertEquals(12, claimed());
    // Of other names, and of no number.
    archive(folder.resolve("net2-20.keras"), "");
    archive(folder.resolve("net-best.keras"), "");
    assertEquals(12, claimed());
  }

  private long claimed() throws IOException {
    try (RunNumber number = RunNumber.claim(files)) {
      return number.value();
    }
  }

  @Test
  void aClaimThatNobodyWithdrewIsPassedOver() throws IOException {
    Files.createDirectories(files.savedModels());
    Files.createFile(files.claim(3));
    assertEquals(4, claimed());
  }

  @Test
  void claimsOfTheDeadGoWhenAHigherNumberIsWritten() throws Exception {
    Files.createDirectories(files.savedModels());
    Files.createFile(files.claim(3));
    try (RunNumber living = RunNumber.claim(files)) {
      Files.createFile(files.claim(9));
      try (RunNumber highest = RunNumber.claim(files)) {
        assertEquals(10, highest.value());
      }
      assertTrue(Files.exists(files.claim(3)) && Files.exists(files.claim(9)), "would come again");
      try (RunNumber highest = RunNumber.claim(files)) {
        archive(files.archive(highest.value()), "");
      }
      assertEquals(List.of(4L), files.claims().boxed().toList());
      assertEquals(4, living.value());
    }
    assertEquals(List.of(), files.claims().boxed().toList());
    assertEquals(11, claimed());
  }

  @Test
  void nobodyGetsANumberTwice() throws Exception {
    var taken = new ConcurrentSkipListSet<Long>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(
          threads.submit(
              () -> {
                for (int k = 0; k < 20; k++) {
                  try (RunNumber number = RunNumber.claim(files)) {
                    assertTrue(taken.add(number.value()), number + " was taken");
                    archive(files.archive(number.value()), "");
                  }
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();
    assertEquals(160, taken.size());
    assertEquals(160, taken.last());
  }

  @Test
  void theShortNamesAreTheNewest() throws IOException {
    write(1);
    assertTrue(NewestRun.publish(files, 1));
    write(3);
    assertTrue(NewestRun.publish(files, 3));
    // One that began before the third and ended after it.
    write(2);
    assertFalse(NewestRun.publish(files, 2));
    assertEquals("archive 3", Files.readString(files.archive()));
    assertEquals("report 3", Files.readString(files.report().resolve("report.html")));
    assertEquals(List.of(), NewestRun.keep(files));
  }

  @Test
  void whatStandsUnderAShortNameAloneGetsANumber() throws IOException {
    archive(files.archive(), "from Python");
    assertEquals(List.of(files.archive(1)), NewestRun.keep(files));
    assertEquals("from Python", Files.readString(files.archive(1)));
    assertEquals(List.of(), NewestRun.keep(files));
    assertEquals(2, claimed());

    write(2);
    assertTrue(NewestRun.publish(files, 2));
    archive(files.archive(), "from Python again");
    assertEquals(List.of(files.archive(3)), NewestRun.keep(files));
    assertEquals("from Python again", Files.readString(files.archive()));
    report(files.report(), "edited");
    assertEquals(List.of(files.report(4)), NewestRun.keep(files));
    assertEquals("report 2", Files.readString(files.report(2).resolve("report.html")));
  }

  @Test
  void whatWasWrittenBeforeThereWereNumbersGetsThatOfItsSavedModel() throws IOException {
    for (long version = 1; version <= 3; version++) {
      Files.createDirectories(files.savedModel(version));
    }
    archive(files.archive(), "third");
    report(files.report(), "third");
    assertEquals(List.of(files.archive(3), files.report(3)), NewestRun.keep(files));
    assertEquals(4, claimed());
  }

  @ParameterizedTest
  @CsvSource({
    "cifar10_cnn.keras, cifar10_cnn",
    "cifar10_cnn-3.keras, cifar10_cnn",
    "x/cifar10_cnn-12.h5, cifar10_cnn",
    "net-1.weights.h5, net",
    "resnet-v2.keras, resnet-v2",
    "-3.keras, -3",
    "3.keras, 3",
  })
  void trainingsOnFromOneOfThemShareItsName(Path path, String name) {
    assertEquals(name, ModelFile.runName(path));
  }

  @Test
  void aVersionIsNamedAfterTheFolderOfAll() throws IOException {
    assertEquals("net", ModelFile.runName(Files.createDirectories(files.savedModel(3))));
    assertEquals("net", ModelFile.runName(files.savedModels()));
  }
}
