package kerava.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * What a file is, found out from its first bytes: its name says what somebody believed it to be.
 */
public enum FileKind {
  /** Nothing in it. */
  EMPTY("an empty file", start -> start.length() == 0),
  /** What Git LFS leaves where it was not asked to fetch the file. */
  LFS_POINTER(
      "a pointer of Git LFS to the file", start -> start.text("version https://git-lfs.github")),
  /** A zip archive, such as Keras' own. */
  ZIP("a zip archive", start -> start.bytes('P', 'K', 3, 4) || start.bytes('P', 'K', 5, 6)),
  /** HDF5. */
  HDF5("an HDF5 file", FileSignature::isHdf5),
  /** NumPy's array. */
  NPY("a NumPy array (.npy)", start -> start.bytes(0x93, 'N', 'U', 'M', 'P', 'Y')),
  /** TensorFlow's file of records. */
  RECORDS("a file of records (TFRecord)", FileSignature::isRecord),
  /** TensorFlow Lite. */
  TFLITE("a TensorFlow Lite model (.tflite)", start -> start.at(4, "TFL3")),
  /** The graph of a SavedModel. */
  SAVED_MODEL("the graph of a SavedModel", start -> start.bytes(8, 1, 0x12)),
  /** ONNX. */
  ONNX("an ONNX model", FileSignature::isOnnx),
  /** A graph of TensorFlow 1 whose weights are constants. */
  GRAPH("a frozen TensorFlow graph (.pb)", FileSignature::isGraph),
  /** Weights of Hugging Face. */
  SAFETENSORS("a safetensors file of weights", FileSignature::isSafetensors),
  /** Weights of llama.cpp. */
  GGUF("a GGUF file of weights", start -> start.text("GGUF")),
  /** Python's serialization, as older files of PyTorch are. */
  PICKLE(
      "a Python pickle, as PyTorch writes them",
      start -> start.bytes(0x80) && start.unsigned(1) >= 2 && start.unsigned(1) <= 5),
  /** A packed archive of some kind. */
  PACKED("a compressed archive, to be unpacked first", FileSignature::isPacked),
  /** An image. */
  PNG("a PNG image", start -> start.bytes(0x89, 'P', 'N', 'G', '\r', '\n')),
  /** An image. */
  JPEG("a JPEG image", start -> start.bytes(0xff, 0xd8, 0xff)),
  /** An image. */
  GIF("a GIF image", start -> start.text("GIF8")),
  /** An image. */
  WEBP("a WebP image", start -> start.text("RIFF") && start.at(8, "WEBP")),
  /** An image. */
  AVIF("an AVIF image", start -> start.at(4, "ftypavi")),
  /** An image, such as Apple's cameras write. */
  HEIC("a HEIC image", FileSignature::isHeic),
  /** An image. */
  TIFF("a TIFF image", FileSignature::isTiff),
  /** An image; a text may begin with the same two letters. */
  BMP("a BMP image", start -> start.text("BM") && !start.isText()),
  /** An image. */
  JPEG_XL("a JPEG XL image", start -> start.at(4, "JXL ") || start.bytes(0xff, 0x0a)),
  /** An image. */
  JPEG_2000(
      "a JPEG 2000 image", start -> start.at(4, "jP  ") || start.bytes(0xff, 0x4f, 0xff, 0x51)),
  /** An image. */
  PHOTOSHOP("a Photoshop file", start -> start.text("8BPS")),
  /** An image. */
  ICON("an icon (ICO)", start -> start.bytes(0, 0, 1, 0)),
  /** Sound or pictures. */
  RIFF("a sound or a video (RIFF)", start -> start.text("RIFF")),
  /** Pictures. */
  VIDEO("a video (MP4)", start -> start.at(4, "ftyp")),
  /** What macOS keeps beside a file on disks of other systems. */
  APPLE_DOUBLE(
      "macOS' notes on a file of that name (AppleDouble)", start -> start.bytes(0, 5, 0x16, 7)),
  /** A document. */
  PDF("a PDF document", start -> start.text("%PDF")),
  /** A web page, such as a server sends instead of a file. */
  HTML("a web page (HTML)", FileSignature::isHtml),
  /** A drawing. */
  SVG("an SVG drawing", FileSignature::isSvg),
  /** XML, such as a storage service sends instead of a file. */
  XML(
      "an XML text",
      start -> start.trimmed().startsWith("<?xml") || start.trimmed().startsWith("<Error")),
  /** The name of the newest checkpoint. */
  CHECKPOINT_NAME("the list of a checkpoint's files", start -> start.text("model_checkpoint_path")),
  /** JSON. */
  JSON("a JSON text", start -> start.isText() && start.trimmed().matches("(?s)[\\[{].*")),
  /** What is left of a file where the disk was full, or a download did not begin. */
  ZEROS("a file that begins with zeros", FileSignature::isZeros),
  /** A text. */
  TEXT("a text", FileSignature::isText),
  /** None of these. */
  OTHER("a file of another kind", start -> true);

  /** How many bytes are looked at. */
  public static final int LOOK = 4096;

  private final String words;
  private final Predicate<FileSignature> test;

  FileKind(String words, Predicate<FileSignature> test) {
    this.words = words;
    this.test = test;
  }

  /**
   * Finds out what a file is.
   *
   * @throws IOException if it cannot be read
   */
  public static FileKind of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(LOOK), Files.size(file));
    }
  }

  /**
   * Finds out what a file is of which the first bytes are at hand.
   *
   * @param begin its first bytes, {@link #LOOK} of them if there are as many
   * @param size the number of bytes of the whole
   */
  public static FileKind of(byte[] begin, long size) {
    FileSignature start = new FileSignature(begin, size);
    return Arrays.stream(values()).filter(kind -> kind.test.test(start)).findFirst().orElse(OTHER);
  }

  /** It in words, as a part of a sentence: "a PNG image". */
  public String words() {
    return words;
  }
}
