package kerava.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import kerava.data.cifar10.Cifar10Files;
import kerava.data.cifar10.Cifar10Folder;
import kerava.data.download.FileDigests;
import kerava.data.download.LocalServer;
import kerava.files.DatasetException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Cifar10SearchTest {
  private static final FileDigests NONE = new FileDigests("0", "0");

  @TempDir static Path shared;
  @TempDir Path home;

  private static Path binary;
  private static byte[] archive;

  @BeforeAll
  static void writeFiles() throws IOException {
    binary = Cifar10Files.writeBinary(shared.resolve("cifar-10-batches-bin"));
    archive = Cifar10Files.archive(binary, Cifar10Folder.Format.BINARY.files());
  }

  @Test
  void looksWhereTheEnvironmentSays() throws IOException {
    for (Path folder : List.of(shared, binary)) {
      Map<String, String> environment = Map.of("KERAVA_DATASETS", folder.toString());
      assertEquals("CIFAR-10 from " + binary, offline(environment).load().source());
    }
  }

  @Test
  void prefersTheEnvironmentToTheCaches() throws IOException {
    Cifar10Files.link(binary, home.resolve(".cache/kerava/datasets/cifar-10-batches-bin"));
    Map<String, String> environment = Map.of("KERAVA_DATASETS", shared.toString());
    assertEquals("CIFAR-10 from " + binary, offline(environment).load().source());
  }

  @Test
  void prefersItsOwnCacheToKeras() throws IOException {
    Path own =
        Cifar10Files.link(binary, home.resolve(".cache/kerava/datasets/cifar-10-batches-bin"));
    Cifar10Files.link(binary, home.resolve(".keras/datasets/cifar-10-batches-bin"));
    assertEquals("CIFAR-10 from Kerava's cache, " + own, offline(Map.of()).load().source());
  }

  @Test
  void goesOnIfTheEnvironmentNamesAFolderWithoutIt() throws IOException {
    Path own =
        Cifar10Files.link(binary, home.resolve(".cache/kerava/datasets/cifar-10-batches-bin"));
    Map<String, String> environment = Map.of("KERAVA_DATASETS", home.resolve("no").toString());
    assertEquals("CIFAR-10 from Kerava's cache, " + own, offline(environment).load().source());
  }

  @Test
  void asksTheDesktopWhereCachesAre() throws IOException {
    Path own =
        Cifar10Files.link(binary, home.resolve("other/kerava/datasets/cifar-10-batches-bin"));
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", home.resolve("other").toString());
    assertEquals("CIFAR-10 from Kerava's cache, " + own, offline(environment).load().source());
  }

  @Test
  void readsKerasCache() throws IOException {
    Path keras = Cifar10Files.writePython(home.resolve(".keras/datasets/cifar-10-batches-py"));
    Cifar10 cifar = offline(Map.of("XDG_CACHE_HOME", " ")).load();
    assertEquals("CIFAR-10 from Keras' cache, " + keras, cifar.source());
    Cifar10 same = Cifar10.load(binary);
    assertEquals(same.train().inputs(), cifar.train().inputs());
    assertEquals(same.test().labels(), cifar.test().labels());
  }

  @Test
  void readsKerasCacheWhereNewerVersionsHaveIt() throws IOException {
    Path python = Cifar10Files.writePython(shared.resolve("python"));
    Path keras =
        Cifar10Files.link(
            python, home.resolve("k/datasets/cifar-10-batches-py-target/cifar-10-batches-py"));
    Map<String, String> environment = Map.of("KERAS_HOME", home.resolve("k").toString());
    assertEquals("CIFAR-10 from Keras' cache, " + keras, offline(environment).load().source());
  }

  @Test
  void reportsADamagedCopyInsteadOfLookingElsewhere() throws IOException {
    Path own = home.resolve(".cache/kerava/datasets/cifar-10-batches-bin");
    Files.createDirectories(own);
    Files.write(own.resolve("data_batch_1.bin"), new byte[5]);
    String message = refused(offline(Map.of()), NONE);
    assertTrue(message.startsWith("data_batch_1.bin: expected 30730000 bytes"), message);
  }

  @Test
  void downloadsIfItIsNowhere() throws IOException {
    Path folder = home.resolve(".cache/kerava/datasets/cifar-10-batches-bin");
    List<Long> heard = Collections.synchronizedList(new ArrayList<>());
    Cifar10Search search;
    try (LocalServer server = new LocalServer(archive)) {
      search =
          offline(Map.of())
              .withArchive(server.uri())
              .withListener((from, bytes, total) -> heard.add(total));
      Cifar10 cifar = search.load(FileDigests.of(archive));
      assertEquals("CIFAR-10, downloaded from " + server.uri() + " to " + folder, cifar.source());
      assertEquals(Cifar10.load(binary).train().inputs(), cifar.train().inputs());
    }
    assertEquals((long) archive.length, heard.get(0));
    assertEquals(List.of("cifar-10-batches-bin"), names(folder.getParent()));
    assertEquals("CIFAR-10 from Kerava's cache, " + folder, search.load(NONE).source());
  }

  @Test
  void leavesNothingOfAWrongArchive() throws IOException {
    try (LocalServer server = new LocalServer(archive)) {
      String message = refused(offline(Map.of()).withArchive(server.uri()), NONE);
      assertTrue(
          message.startsWith("cifar-10-binary.tar.gz: expected SHA-256 checksum 0"), message);
    }
    assertEquals(List.of(), names(home.resolve(".cache/kerava/datasets")));
  }

  @Test
  void leavesNothingOfAnArchiveThatLacksAFile() throws IOException {
    byte[] poor = Cifar10Files.archive(binary, List.of("data_batch_1.bin", "test_batch.bin"));
    try (LocalServer server = new LocalServer(poor)) {
      String message = refused(offline(Map.of()).withArchive(server.uri()), FileDigests.of(poor));
      assertTrue(message.startsWith("data_batch_2.bin: expected it in"), message);
    }
    assertEquals(List.of(), names(home.resolve(".cache/kerava/datasets")));
  }

  @Test
  void leavesNothingOfAnArchiveThatIsNone() throws IOException {
    byte[] text = "not a gzip".getBytes(UTF_8);
    try (LocalServer server = new LocalServer(text)) {
      String message = refused(offline(Map.of()).withArchive(server.uri()), FileDigests.of(text));
      assertTrue(message.startsWith("cifar-10-binary.tar.gz: expected a gzipped tar"), message);
    }
    assertEquals(List.of(), names(home.resolve(".cache/kerava/datasets")));
  }

  @Test
  void saysInOneSentenceThatThereIsNoNetwork() throws IOException {
    String message = refused(offline(Map.of()), NONE);
    assertTrue(
        message.startsWith(
            ("CIFAR-10: expected a copy in %s or %s, or to download one, got no connection"
                    + " to 127.0.0.1 (")
                .formatted(
                    home.resolve(".cache/kerava/datasets"), home.resolve(".keras/datasets"))),
        message);
    assertTrue(
        message.contains("). Is this machine online? See docs/troubleshooting.md#"), message);
    assertFalse(message.contains("no such host"), message);
    assertEquals(List.of(), names(home.resolve(".cache/kerava/datasets")));
  }

  @Test
  void saysThatAServerHasNoAddress() {
    URI nowhere = URI.create("https://nowhere.invalid/file");
    String message = refused(offline(Map.of()).withArchive(nowhere), NONE);
    assertTrue(message.contains("got no connection to nowhere.invalid (no such host)"), message);
  }

  @Test
  void theStandardSearchAsksTheOfficialServer() {
    assertEquals("www.cs.toronto.edu", Cifar10Search.standard().archive().getHost());
    assertEquals("https", Cifar10Search.standard().archive().getScheme());
    assertFalse(Cifar10Search.standard().environment().isEmpty());
  }

  /** A search whose server refuses connections: nobody listens at port 1. */
  private Cifar10Search offline(Map<String, String> environment) {
    return new Cifar10Search(
        environment, home, URI.create("http://127.0.0.1:1/"), (from, bytes, total) -> {});
  }

  private static String refused(Cifar10Search search, FileDigests sums) {
    return assertThrows(DatasetException.class, () -> search.load(sums)).getMessage();
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
