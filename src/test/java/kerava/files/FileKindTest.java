package kerava.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind by the fewest bytes that make it, and what differs from it by one byte. */
final class FileKindTest {
  private static final int[] HDF5 = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  /** What a file is, and what it begins with. */
  private static final class Example {
    private final FileKind kind;
    private final byte[] bytes;

    private Example(FileKind kind, byte[] bytes) {
      this.kind = kind;
      this.bytes = bytes;
    }

    static Example of(FileKind kind, Object... parts) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (Object part : parts) {
        if (part instanceof Integer value) {
          out.write(value);
        } else if (part instanceof int[] values) {
          Arrays.stream(values).forEach(out::write);
        } else {
          out.writeBytes(part.toString().getBytes(UTF_8));
        }
      }
      return new Example(kind, out.toByteArray());
    }

    FileKind found() {
      return FileKind.of(bytes, bytes.length);
    }

    @Override
    public String toString() {
      return kind + " " + Arrays.toString(bytes);
    }
  }

  private static final List<Example> EXAMPLES =
      List.of(
          Example.of(FileKind.EMPTY),
          Example.of(FileKind.LFS_POINTER, "version https://git-lfs.github.com/spec/v1\n"),
          Example.of(FileKind.ZIP, "PK", 3, 4),
          Example.of(FileKind.ZIP, "PK", 5, 6),
          Example.of(FileKind.HDF5, HDF5),
          Example.of(FileKind.HDF5, "u".repeat(512), HDF5),
          Example.of(FileKind.HDF5, "u".repeat(1024), HDF5),
          Example.of(FileKind.HDF5, "u".repeat(2048), HDF5),
          Example.of(FileKind.NPY, 0x93, "NUMPY"),
          Example.of(FileKind.TFLITE, 0x1c, 0, 0, 0, "TFL3"),
          Example.of(FileKind.SAVED_MODEL, 8, 1, 0x12),
          Example.of(FileKind.ONNX, 8, 2, 0x12),
          Example.of(FileKind.ONNX, 8, 31, 0x12),
          Example.of(FileKind.ONNX, 8, 8, 0x1a),
          Example.of(FileKind.ONNX, 8, 8, 0x22),
          Example.of(FileKind.ONNX, 8, 8, 0x3a),
          Example.of(FileKind.ONNX, 8, 8, 0x42),
          Example.of(FileKind.GRAPH, 0x0a, 5, 0x0a, 3, "a~ ", 0x12),
          Example.of(FileKind.GRAPH, 0x0a, 0x80, 0x80, 0x80, 1, 0x0a, 1, "x", 0x12),
          Example.of(FileKind.GRAPH, 0x0a, 0x80, 0x80, 0x80, 0x80, 1, 0x0a, 1, "x", 0x12),
          Example.of(FileKind.GRAPH, 0x0a, 0x80, 1, 0x0a, 64, "x".repeat(64), 0x12),
          Example.of(FileKind.SAFETENSORS, 1, 0, 0, 0, 0, 0, 0, 0, "{"),
          Example.of(FileKind.SAFETENSORS, 2, 0, 0, 0, 0, 0, 0, 0, "{}rest"),
          Example.of(FileKind.GGUF, "GGUF", 3),
          Example.of(FileKind.PICKLE, 0x80, 2),
          Example.of(FileKind.PICKLE, 0x80, 5),
          Example.of(FileKind.PACKED, 0x1f, 0x8b),
          Example.of(FileKind.PACKED, "BZh"),
          Example.of(FileKind.PACKED, 0xfd, "7zXZ"),
          Example.of(FileKind.PACKED, "7z", 0xbc, 0xaf),
          Example.of(FileKind.PACKED, "Rar!"),
          Example.of(FileKind.PACKED, 0x28, 0xb5, 0x2f, 0xfd),
          Example.of(FileKind.PACKED, "n".repeat(257), "ustar"),
          Example.of(FileKind.PNG, 0x89, "PNG\r\n"),
          Example.of(FileKind.JPEG, 0xff, 0xd8, 0xff),
          Example.of(FileKind.GIF, "GIF89a"),
          Example.of(FileKind.WEBP, "RIFF", 1, 2, 3, 4, "WEBP"),
          Example.of(FileKind.RIFF, "RIFF", 1, 2, 3, 4, "WAVE"),
          Example.of(FileKind.AVIF, 0, 0, 0, 28, "ftypavif"),
          Example.of(FileKind.HEIC, 0, 0, 0, 28, "ftypheic"),
          Example.of(FileKind.HEIC, 0, 0, 0, 28, "ftyphevc"),
          Example.of(FileKind.HEIC, 0, 0, 0, 28, "ftypmif1"),
          Example.of(FileKind.HEIC, 0, 0, 0, 28, "ftypmsf1"),
          Example.of(FileKind.VIDEO, 0, 0, 0, 28, "ftypisom"),
          Example.of(FileKind.TIFF, "II*", 0),
          Example.of(FileKind.TIFF, "MM", 0, "*"),
          Example.of(FileKind.TIFF, "II+", 0),
          Example.of(FileKind.TIFF, "MM", 0, "+"),
          Example.of(FileKind.BMP, "BM", 0),
          Example.of(FileKind.JPEG_XL, 0, 0, 0, 12, "JXL "),
          Example.of(FileKind.JPEG_XL, 0xff, 0x0a),
          Example.of(FileKind.JPEG_2000, 0, 0, 0, 12, "jP  "),
          Example.of(FileKind.JPEG_2000, 0xff, 0x4f, 0xff, 0x51),
          Example.of(FileKind.PHOTOSHOP, "8BPS"),
          Example.of(FileKind.ICON, 0, 0, 1, 0),
          Example.of(FileKind.APPLE_DOUBLE, 0, 5, 0x16, 7),
          Example.of(FileKind.PDF, "%PDF-1.7"),
          Example.of(FileKind.HTML, "<!DOCTYPE HTML>"),
          Example.of(FileKind.HTML, "\uFEFF \n<Html>"),
          Example.of(FileKind.HTML, "<head>"),
          Example.of(FileKind.HTML, "<!-- one\n --> <!-- two --><html>"),
          Example.of(FileKind.SVG, "<?xml version='1.0'?><svg>"),
          Example.of(FileKind.SVG, " <svg>"),
          Example.of(FileKind.XML, "<?xml version='1.0'?><a>"),
          Example.of(FileKind.XML, " <Error><Code>AccessDenied"),
          Example.of(FileKind.CHECKPOINT_NAME, "model_checkpoint_path: \"a\""),
          Example.of(FileKind.JSON, " [1]"),
          Example.of(FileKind.JSON, "{\n}"),
          Example.of(FileKind.ZEROS, 0),
          Example.of(FileKind.ZEROS, new int[512], 1),
          Example.of(FileKind.TEXT, "BM is no picture"),
          Example.of(FileKind.TEXT, "\t\r\n "),
          Example.of(FileKind.TEXT, "cut in a lette", 0xc3),
          Example.of(FileKind.TEXT, "größe"),
          Example.of(FileKind.OTHER, 0xfe, 0xfe));

  /** What lacks something that the kind asks for. */
  private static final List<Example> OTHERS =
      List.of(
          Example.of(FileKind.OTHER, "u".repeat(256), HDF5),
          Example.of(FileKind.OTHER, "u".repeat(1536), HDF5),
          Example.of(FileKind.OTHER, 0x88, "HDF\r\n", 0x1a, "\n"),
          Example.of(FileKind.OTHER, 8, 1, 0x13),
          Example.of(FileKind.OTHER, 8, 32, 0x12),
          Example.of(FileKind.OTHER, 9, 8, 0x12),
          Example.of(FileKind.OTHER, 8, 8, 0x13),
          Example.of(FileKind.OTHER, 0x0a, 5, 0x0b, 1, "x", 0x12),
          Example.of(FileKind.OTHER, 0x0a, 5, 0x0a, 0, 0x12),
          Example.of(FileKind.OTHER, 0x0a, 5, 0x0a, 1, 0x1f, 0x12),
          Example.of(FileKind.OTHER, 0x0a, 5, 0x0a, 1, 0x7f, 0x12),
          Example.of(FileKind.OTHER, 0x0a, 5, 0x0a, 2, "x", 0x1f, 0x12),
          Example.of(FileKind.OTHER, 0x0a, 5, 0x0a, 1, "x", 0x13),
          Example.of(FileKind.OTHER, 0x0a, 5, 0x0a, 65, "x".repeat(65), 0x12),
          Example.of(FileKind.OTHER, 0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 1, 0x0a, 1, "x", 0x12),
          Example.of(FileKind.OTHER, 0, 0, 0, 0, 0, 0, 0, 0, "{"),
          Example.of(FileKind.OTHER, 3, 0, 0, 0, 0, 0, 0, 0, "{}"),
          Example.of(FileKind.OTHER, 1, 0, 0, 0, 0, 0, 0, 0, "["),
          Example.of(FileKind.OTHER, 1, 0, 0, 0, 0, 0, 0, 0),
          Example.of(FileKind.OTHER, 0x80, 1),
          Example.of(FileKind.OTHER, 0x80, 6),
          Example.of(FileKind.OTHER, 0x81, 4),
          Example.of(FileKind.OTHER, "a text with", 1),
          Example.of(FileKind.OTHER, "a text with", 0xff, "a strange letter"),
          Example.of(FileKind.OTHER, "<svg>", 1),
          Example.of(FileKind.OTHER, "[", 1),
          Example.of(FileKind.OTHER, new int[511], 1),
          Example.of(FileKind.OTHER, new int[11], 1),
          Example.of(FileKind.TEXT, "PK"),
          Example.of(FileKind.TEXT, "II"),
          Example.of(FileKind.TEXT, "MM*"),
          Example.of(FileKind.TEXT, "RIF"),
          Example.of(FileKind.TEXT, "n".repeat(256), "ustar"),
          Example.of(FileKind.TEXT, "see <svg>"),
          Example.of(FileKind.TEXT, "<a>"),
          Example.of(FileKind.TEXT, "see [1]"),
          Example.of(FileKind.TEXT, "see <?xml"));

  @Test
  void knowsEachKind() {
    for (Example example : EXAMPLES) {
      assertEquals(example.kind, example.found(), example::toString);
    }
    Set<FileKind> seen = EnumSet.noneOf(FileKind.class);
    EXAMPLES.forEach(example -> seen.add(example.kind));
    // Its checksum is computed below.
    seen.add(FileKind.RECORDS);
    assertEquals(EnumSet.allOf(FileKind.class), seen);
  }

  @Test
  void knowsWhatIsNone() {
    for (Example example : OTHERS) {
      assertEquals(example.kind, example.found(), example::toString);
    }
  }

  @Test
  void knowsAFileOfRecords() {
    ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(0, 5);
    // CRC32C of these eight bytes, turned and shifted as TensorFlow does.
    head.putInt(8, Checksum.of(ByteBuffer.wrap(head.array(), 0, 8)));
    assertEquals(FileKind.RECORDS, FileKind.of(head.array(), 100));
    byte[] cut = Arrays.copyOf(head.array(), 11);
    assertEquals(FileKind.OTHER, FileKind.of(cut, 100));
    head.put(9, (byte) ~head.get(9));
    assertEquals(FileKind.OTHER, FileKind.of(head.array(), 100));
  }

  @Test
  void asksTheSizeOfTheWholeForSafetensors() {
    byte[] start = Example.of(FileKind.SAFETENSORS, 9, 0, 0, 0, 0, 0, 0, 0, "{").bytes;
    assertEquals(FileKind.OTHER, FileKind.of(start, 16));
    assertEquals(FileKind.SAFETENSORS, FileKind.of(start, 17));
  }

  @Test
  void readsTheBeginOfFiles(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("file");
    byte[] content = new byte[3 * FileKind.LOOK];
    Arrays.fill(content, (byte) 'a');
    content[FileKind.LOOK] = 1;
    Files.write(file, content);
    assertEquals(FileKind.TEXT, FileKind.of(file));
    content[FileKind.LOOK - 1] = 1;
    Files.write(file, content);
    assertEquals(FileKind.OTHER, FileKind.of(file));
    // The table of contents may be longer than what is looked at.
    Arrays.fill(content, 0, 9, (byte) 0);
    content[1] = 0x20;
    content[8] = '{';
    Files.write(file, content);
    assertEquals(FileKind.SAFETENSORS, FileKind.of(file));
  }

  @Test
  void saysEachInWords() {
    for (FileKind kind : FileKind.values()) {
      assertTrue(kind.words().matches("(an?|the|what|macOS') .*"), kind.words());
      assertFalse(kind.words().endsWith("."), kind.words());
    }
    assertEquals("a PNG image", FileKind.PNG.words());
  }
}
