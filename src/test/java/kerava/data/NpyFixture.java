package kerava.data;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import kerava.files.DatasetException;
import kerava.graph.Array;
import org.junit.jupiter.api.io.TempDir;

/** A file of NumPy's, from its parts. */
abstract class NpyFixture {
  @TempDir Path folder;

  Path file() {
    return folder.resolve("x.npy");
  }

  static byte[] npy(String type, String shape, String hex) throws IOException {
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    int length = Math.max(118, text.length() + 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(HexFormat.of().parseHex("934e554d50590100"));
    bytes.write(length % 256);
    bytes.write(length / 256);
    bytes.write(text.getBytes(StandardCharsets.US_ASCII));
    bytes.write(" ".repeat(length - text.length() - 1).getBytes(StandardCharsets.US_ASCII));
    bytes.write('\n');
    bytes.write(HexFormat.of().parseHex(hex));
    return bytes.toByteArray();
  }

  Array read(String type, String shape, String hex) throws IOException {
    Files.write(file(), npy(type, shape, hex));
    return Npy.read(file());
  }

  String refused(String type, String shape, String hex) {
    return assertThrows(DatasetException.class, () -> read(type, shape, hex)).getMessage();
  }

  String refused() {
    return assertThrows(DatasetException.class, () -> Npy.read(file())).getMessage();
  }
}
