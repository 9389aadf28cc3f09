package kerava.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kerava.files.RecordFile;
import org.tensorflow.proto.Example;

/** Damages files of records whose checksums hold. */
final class RecordDamage {
  private RecordDamage() {}

  static byte[] examples(byte[] content, Random random) {
    return records(
        content, random, (one, r) -> ProtoDamage.message(one, Example.getDescriptor(), r));
  }

  /** Damages one record, most often the first, and gives it a right checksum. */
  static byte[] records(byte[] content, Random random, FuzzKind.Bytes bytes) {
    if (random.nextInt(4) == 0) {
      return Damage.bytes(content, random);
    }
    try {
      Path file = Files.createTempFile("fuzz", ".records");
      try {
        List<byte[]> records = new ArrayList<>(RecordFile.read(Files.write(file, content)));
        if (!records.isEmpty()) {
          int at = random.nextInt(3) == 0 ? random.nextInt(records.size()) : 0;
          records.set(at, bytes.apply(records.get(at), random));
        }
        return RecordFile.of(records);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return Damage.bytes(content, random);
    }
  }
}
