package kerava.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import kerava.files.AtomicExchange;
import kerava.files.Forced;
import kerava.files.Holder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report is replaced, and a whole one is there at every moment. */
final class ReportFolderTest {
  private static final Set<String> OURS = Set.of("report.html", "history.json", "mistakes.png");

  @TempDir private Path parent;

  /** Where the system can exchange folders, and where it cannot. */
  private ReportFolder folder(boolean exchanges) {
    Path folder = parent.resolve("a.report");
    return exchanges
        ? new ReportFolder(folder, OURS)
        : new ReportFolder(folder, OURS, (one, other) -> false);
  }

  private static Map<String, byte[]> report(int number) {
    byte[] content = "%08d".formatted(number).repeat(1000).getBytes(UTF_8);
    return number % 2 == 0
        ? Map.of("report.html", content, "history.json", content)
        : Map.of("report.html", content, "history.json", content, "mistakes.png", content);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWholePageIsThereAtEveryMoment(boolean exchanges) throws Exception {
    ReportFolder folder = folder(exchanges);
    folder.write(report(0));
    Path page = parent.resolve("a.report/report.html");
    AtomicBoolean done = new AtomicBoolean();
    List<String> wrong = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                try {
                  String text = Files.readString(page);
                  if (!text.equals(text.substring(0, 8).repeat(1000))) {
                    wrong.add(text);
                  }
                } catch (IOException | RuntimeException e) {
                  wrong.add(e.toString());
                }
              }
            });
    reader.start();
    for (int i = 1; i <= 200; i++) {
      folder.write(report(i));
    }
    done.set(true);
    reader.join();
    assertEquals(List.of(), wrong);
    assertEquals(List.of("a.report"), names(parent));
    assertEquals(List.of("history.json", "report.html"), names(parent.resolve("a.report")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void allOfItIsOnTheDiskBeforeItIsSeen() throws Exception {
    for (int i = 0; i < 2; i++) {
      int number = i;
      List<Path> forced =
          Forced.during(
              () -> {
                folder(true).write(report(number));
                return number;
              });
      // The folder itself, its files, and its name.
      assertEquals(1 + report(number).size() + 1, forced.size(), forced.toString());
      assertEquals(parent, forced.get(forced.size() - 1));
    }
  }

  @Test
  void theReportBeforeStaysWhereThePageCannotBeReplaced() throws IOException {
    folder(false).write(report(0));
    ReportFolder broken =
        new ReportFolder(
            parent.resolve("a.report"),
            OURS,
            (one, other) -> {
              // The files go one after another, and the page, which comes last, is missing.
              return !one.resolve("report.html").toFile().delete();
            });
    assertThrows(IOException.class, () -> broken.write(report(1)));
    assertEquals(
        "00000000", Files.readString(parent.resolve("a.report/report.html")).substring(0, 8));
    assertEquals(
        "00000001", Files.readString(parent.resolve("a.report/history.json")).substring(0, 8));
    assertEquals(List.of("a.report"), names(parent));
  }

  @Test
  void whatAKilledWriterLeftIsRemovedByTheNext() throws IOException {
    Holder.start("folder", parent).close();
    assertEquals(2, names(parent).size());
    folder(true).write(report(0));
    assertEquals(List.of("a.report"), names(parent));
  }

  @Test
  void whatIsNoReportIsToldSo() throws IOException {
    Files.createDirectories(parent.resolve("a.report/mine"));
    assertThrows(FileAlreadyExistsException.class, () -> folder(true).write(report(0)));
    assertEquals(List.of("mine"), names(parent.resolve("a.report")));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void foldersAreExchanged() throws IOException {
    Path one = Files.createDirectory(parent.resolve("eins ä"));
    Path other = Files.createDirectory(parent.resolve("zwei"));
    Files.createFile(one.resolve("1"));
    Files.createFile(other.resolve("2"));
    assertTrue(AtomicExchange.done(one, other));
    assertEquals(List.of("2"), names(one));
    assertEquals(List.of("1"), names(other));
    assertTrue(!AtomicExchange.done(one, parent.resolve("none")));
  }
}
