package kerava.data.cifar10;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kerava.files.DatasetException;
import kerava.files.Draft;
import kerava.files.Fsync;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.io.FilenameUtils;

/** Unpacks the official archive of the binary version. */
public final class Cifar10Archive {
  private Cifar10Archive() {}

  /**
   * Unpacks the six files beside their place, reads and checks them, and moves them there.
   *
   * @param archive a gzipped tar archive; only entries with the expected names and sizes are looked
   *     at, and their folders are ignored
   * @param folder what to make; it must not exist
   */
  public static Cifar10Folder.Content unpack(Path archive, Path folder) throws IOException {
    try (Draft draft = Draft.in(folder.toAbsolutePath().resolveSibling(""))) {
      Path part = Files.createDirectory(draft.path());
      extract(archive, part);
      Cifar10Folder.Content content = new Cifar10Folder(part, Cifar10Folder.Format.BINARY).read();
      Fsync.all(part);
      draft.moveTo(folder);
      return content;
    } catch (DatasetException e) {
      throw e;
    } catch (IOException e) {
      throw new DatasetException(
          archive,
          "expected a gzipped tar archive that can be unpacked to %s, got: %s."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  private static void extract(Path archive, Path into) throws IOException {
    List<String> wanted = Cifar10Folder.Format.BINARY.files();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = FilenameUtils.getName(entry.getName());
        if (entry.isFile() && wanted.contains(name)) {
          Cifar10Binary.checkSize(into.resolve(name), entry.getSize());
          Files.copy(tar, into.resolve(name));
        }
      }
    }
  }
}
