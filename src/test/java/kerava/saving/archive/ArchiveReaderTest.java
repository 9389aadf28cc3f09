package kerava.saving.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import kerava.files.Limits;
import kerava.files.ModelFormatException;
import kerava.interop.Archives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives at the limits of what they may ask for, and one beyond. */
final class ArchiveReaderTest {
  private static final int FREE = 2 << 20;

  @TempDir Path folder;

  private Path zeros(int count) throws IOException {
    return Archives.pack(Map.of("zeros", new byte[count]), folder.resolve("zeros.zip"));
  }

  private static byte[] read(Path file, long most) throws IOException {
    try (ArchiveReader archive = ArchiveReader.open(file)) {
      return archive.read("zeros", most).orElseThrow();
    }
  }

  private static long packed(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry("zeros").getCompressedSize();
    }
  }

  private static String refused(Path file, long most) {
    return String.valueOf(
        assertThrows(ModelFormatException.class, () -> read(file, most)).getMessage());
  }

  @Test
  void asManyMembersAsThereMayBe() throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (int i = 0; i < Limits.DEFAULTS.members(); i++) {
      members.put("m" + i, new byte[] {(byte) i});
    }
    Path file = Archives.pack(members, folder.resolve("many.zip"));
    try (ArchiveReader archive = ArchiveReader.open(file)) {
      assertArrayEquals(new byte[] {(byte) 999}, archive.read("m999", 1).orElseThrow());
      assertEquals(Optional.empty(), archive.read("m1000", 1));
    }
    members.put("more", new byte[0]);
    Archives.pack(members, file);
    assertEquals(
        "many.zip: expected at most 1000 members, got 1001.",
        assertThrows(ModelFormatException.class, () -> ArchiveReader.open(file)).getMessage());
  }

  @Test
  void membersOfTheMostThatTheReaderTakes() throws IOException {
    Path file = zeros(100);
    assertEquals(100, read(file, 100).length);
    assertEquals(
        "zeros.zip: zeros: expected at most 99 bytes, got 100 of " + packed(file) + " packed ones.",
        refused(file, 99));
  }

  @Test
  void twoMegabytesHoweverTightlyPacked() throws IOException {
    assertEquals(FREE, read(zeros(FREE), FREE).length);
    Path file = zeros(FREE + 1);
    String message = refused(file, FREE + 1);
    assertTrue(
        message.startsWith(
            "zeros.zip: zeros: expected at most 2097152 bytes, got 2097153 of " + packed(file)),
        message);
    assertTrue(message.endsWith("-Dkerava.limits.unpacking=1000 lets it unpack."), message);
  }

  @Test
  void moreWhereItIsNotPackedSoTightly() throws IOException {
    byte[] content = new byte[6 << 20];
    new java.util.Random(1).nextBytes(content);
    java.util.Arrays.fill(content, 1 << 20, content.length, (byte) 0);
    Path file = Archives.pack(Map.of("zeros", content), folder.resolve("half.zip"));
    long room = packed(file) * Limits.DEFAULTS.unpacking();
    assertTrue(room > content.length, "packed to " + packed(file));
    assertArrayEquals(content, read(file, content.length));
  }

  @Test
  void whatWasWrittenIsStoredWithoutADate() throws IOException {
    Path file = folder.resolve("written.zip");
    try (ArchiveWriter archive = ArchiveWriter.create(file)) {
      archive.add("a", new byte[] {1, 2, 3});
      archive.add("zeros", new byte[50]);
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertEquals(50, zip.getEntry("zeros").getCompressedSize());
      assertEquals("1980-01-01T00:00", zip.getEntry("a").getTimeLocal().toString());
    }
    assertArrayEquals(new byte[50], read(file, 50));
  }

  @Test
  void filesOfAFolderInItsPlace() throws IOException {
    Files.write(folder.resolve("zeros"), new byte[100]);
    try (UnpackedArchive files = new UnpackedArchive(folder)) {
      assertArrayEquals(new byte[100], files.read("zeros", 100).orElseThrow());
      assertEquals(Optional.empty(), files.read("none", 100));
      String message =
          assertThrows(ModelFormatException.class, () -> files.read("zeros", 99)).getMessage();
      assertTrue(message.endsWith(": zeros: expected at most 99 bytes, got 100."), message);
    }
  }
}
