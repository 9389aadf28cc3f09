package kerava.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kerava.data.ImageFolder;
import kerava.data.Images;
import kerava.data.RecordFormat;
import kerava.data.TfRecords;
import kerava.images.ColorMode;
import kerava.images.Preprocessing;

/** Formats of images, which TensorFlow's C++ decodes. */
final class ImageKinds {
  private ImageKinds() {}

  static List<FuzzKind> all(Path work) throws IOException {
    return List.of(
        images("png", ImageDamage::png),
        images("jpg", Damage::bytes),
        images("gif", Damage::bytes),
        images("bmp", Damage::bytes),
        imageFolder(),
        imageRecords(work));
  }

  private static FuzzKind images(String format, FuzzKind.Bytes bytes) throws IOException {
    String file = "a." + format;
    return new FuzzKind(
        "image " + format,
        true,
        List.of(FuzzInput.of(file, ImageDamage.image(format))),
        FuzzKind.in(file, bytes),
        folder -> Images.decode(folder.resolve(file), ColorMode.RGB),
        FuzzKind.DATA);
  }

  private static FuzzKind imageFolder() throws IOException {
    FuzzInput folder =
        FuzzInput.of("a/1.png", ImageDamage.image("png"))
            .with("a/2.jpg", ImageDamage.image("jpg"))
            .with("b/1.bmp", ImageDamage.image("bmp"));
    return new FuzzKind(
        "image folder",
        true,
        List.of(folder),
        NativeKinds.anyOf("", Damage::bytes),
        path -> ImageFolder.of(path, 8, 8).inputs(),
        FuzzKind.DATA);
  }

  private static FuzzKind imageRecords(Path work) throws IOException {
    Path file = work.resolve("i.tfrecord");
    TfRecords.write(Small.data(1, 4), file);
    return new FuzzKind(
        "records of images",
        true,
        List.of(FuzzInput.of("i.tfrecord", Files.readAllBytes(file))),
        FuzzKind.in("i.tfrecord", RecordDamage::examples),
        folder ->
            TfRecords.open(
                    List.of(folder.resolve("i.tfrecord")),
                    RecordFormat.images(Preprocessing.of(Small.SIDE, Small.SIDE)))
                .inputs(),
        FuzzKind.DATA);
  }
}
