package kerava.data.cifar10;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import kerava.files.DatasetException;

/** Reads a file of the official binary version: records of a label and an image, nothing else. */
final class Cifar10Binary {
  static final int RECORD = 1 + Cifar10Images.IMAGE;
  static final long FILE_SIZE = (long) Cifar10Folder.FILE_IMAGES * RECORD;

  /** How many records are read at a time: 300 KiB, so that no file is ever held whole. */
  private static final int STRIDE = 100;

  private Cifar10Binary() {}

  static void read(Path file, Cifar10Images into, int first) throws IOException {
    checkSize(file, Files.size(file));
    byte[] records = new byte[STRIDE * RECORD];
    try (InputStream in = Files.newInputStream(file)) {
      for (int done = 0; done < Cifar10Folder.FILE_IMAGES; done += STRIDE) {
        int got = in.readNBytes(records, 0, records.length);
        if (got < records.length) {
          // It was long enough a moment ago: somebody is writing to it.
          checkSize(file, (long) done * RECORD + got);
        }
        for (int i = 0; i < STRIDE; i++) {
          int label = records[i * RECORD] & 0xff;
          into.label(first + done + i, label, file, done + i);
          into.put(first + done + i, records, i * RECORD + 1);
        }
      }
    }
  }

  static void checkSize(Path file, long size) throws DatasetException {
    if (size != FILE_SIZE) {
      throw new DatasetException(
          file,
          "expected %d bytes (%d records of %d), got %d. Is the download incomplete?"
              .formatted(FILE_SIZE, Cifar10Folder.FILE_IMAGES, RECORD, size));
    }
  }
}
