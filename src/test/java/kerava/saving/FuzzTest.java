package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import kerava.interop.Archives;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damages real files at random: each is read or refused, soon, and by no other exception. */
final class FuzzTest {
  private static final int ROUNDS = Integer.getInteger("kerava.fuzz.rounds", 150);
  private static final Duration MOST = Duration.ofSeconds(20);
  private static final List<String> ARCHIVES =
      List.of("own_3.8.0.keras", "keras3_shared.keras", "keras3_nested.keras");

  @TempDir Path folder;

  private interface Damage {
    byte[] apply(byte[] content, Random random);
  }

  private interface Reader {
    void read(Path file) throws IOException;
  }

  @Test
  void bytesOfArchives() throws Exception {
    fuzz(ARCHIVES, FuzzTest::flip, KerasArchive::read);
  }

  @Test
  void configsOfArchives() throws Exception {
    fuzz(ARCHIVES, (bytes, random) -> member(bytes, "config.json", random), KerasArchive::read);
  }

  @Test
  void weightsOfArchives() throws Exception {
    fuzz(
        ARCHIVES, (bytes, random) -> member(bytes, "model.weights.h5", random), KerasArchive::read);
  }

  @Test
  void bytesOfOldFiles() throws Exception {
    fuzz(
        List.of("keras2_nested_legacy_adam.h5", "keras2_functional.h5", "keras3_nested_end.h5"),
        FuzzTest::flip,
        KerasH5::read);
  }

  private void fuzz(List<String> names, Damage damage, Reader reader) throws Exception {
    long seed = Long.getLong("kerava.fuzz.seed", new Random().nextLong());
    System.out.println("FuzzTest: -Dkerava.fuzz.seed=" + seed);
    Random random = new Random(seed);
    int refused = 0;
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        byte[] content =
            Files.readAllBytes(KerasFixtures.file(names.get(random.nextInt(names.size()))));
        Path file = Files.write(folder.resolve("fuzz"), damage.apply(content, random));
        refused +=
            one.submit(() -> isRefused(file, reader)).get(MOST.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      Path kept =
          Files.copy(
              folder.resolve("fuzz"),
              Files.createTempFile("fuzz", ".bin"),
              java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      fail("seed " + seed + ", the file is " + kept, e);
    } finally {
      one.shutdownNow();
    }
    assertTrue(refused > ROUNDS / 10, "most damage is noticed, but only " + refused + " was");
  }

  private static int isRefused(Path file, Reader reader) {
    try {
      reader.read(file);
      return 0;
    } catch (ModelFormatException e) {
      return 1;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Changes some bytes, mostly near each other, or cuts the end off. */
  private static byte[] flip(byte[] content, Random random) {
    if (random.nextInt(10) == 0) {
      return java.util.Arrays.copyOf(content, random.nextInt(content.length));
    }
    byte[] changed = content.clone();
    int start = random.nextInt(content.length);
    for (int i = random.nextInt(8); i >= 0; i--) {
      int at = Math.min(content.length - 1, start + random.nextInt(64));
      changed[at] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) 0xff;
            case 1 -> 0;
            case 2 -> (byte) (changed[at] ^ (1 << random.nextInt(8)));
            default -> (byte) random.nextInt(256);
          };
    }
    return changed;
  }

  /** Damages one member, and packs it with a right checksum. */
  private byte[] member(byte[] archive, String name, Random random) {
    try {
      Path file = Files.write(folder.resolve("member"), archive);
      Map<String, byte[]> members = new LinkedHashMap<>(Archives.unpack(file));
      byte[] content = members.get(name);
      members.put(name, name.endsWith(".json") ? json(content, random) : hdf5(content, random));
      return Files.readAllBytes(Archives.pack(members, file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  // The structure of a small file stands in its first part and between the numbers.
  private static byte[] hdf5(byte[] content, Random random) {
    return flip(content, random);
  }

  /** Replaces a word or number of a document by another. */
  private static byte[] json(byte[] content, Random random) {
    String text = new String(content, StandardCharsets.UTF_8);
    List<String> words =
        List.of("null", "0", "-1", "1e308", "true", "[]", "{}", "\"x\"", "999999999");
    java.util.regex.Matcher matcher =
        java.util.regex.Pattern.compile("(?<=[:,\\[] ?)(\"[^\"]*\"|-?[0-9.e-]+|null|true|false)")
            .matcher(text);
    List<java.util.regex.MatchResult> found = matcher.results().toList();
    java.util.regex.MatchResult chosen = found.get(random.nextInt(found.size()));
    String word =
        random.nextInt(3) == 0
            ? found.get(random.nextInt(found.size())).group()
            : words.get(random.nextInt(words.size()));
    return (text.substring(0, chosen.start()) + word + text.substring(chosen.end()))
        .getBytes(StandardCharsets.UTF_8);
  }
}
