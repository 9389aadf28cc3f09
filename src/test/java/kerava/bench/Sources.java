package kerava.bench;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import kerava.data.Cifar10;
import kerava.data.Dataset;
import kerava.data.ImageFolder;
import kerava.data.RecordFormat;
import kerava.data.TfRecords;
import kerava.files.RecordWriter;
import kerava.graph.Array;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.Int64List;

/** The same images in memory and, written to a folder, on the disk in several forms. */
final class Sources {
  /** What {@link #of} knows, the first of it in memory. */
  static final List<String> ALL =
      List.of("memory", "records", "png records", "png folder", "jpeg folder");

  private static final int SIDE = 32;
  private static final int IMAGE = SIDE * SIDE * 3;

  private Sources() {}

  /** CIFAR-10's images for training where KERAVA_CIFAR10 says where they are; else noise. */
  static Dataset images(int count) {
    Optional<String> folder = Optional.ofNullable(System.getenv("KERAVA_CIFAR10"));
    if (folder.isPresent()) {
      try {
        return Cifar10.load(Path.of(folder.get())).train().take(count);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    SplittableRandom random = new SplittableRandom(1);
    byte[] pixels = new byte[count * IMAGE];
    random.nextBytes(pixels);
    int[] labels = random.ints(count, 0, 10).toArray();
    return Dataset.of(Array.of(pixels, count, SIDE, SIDE, 3), Array.of(labels, count));
  }

  /**
   * Images in one of the forms of {@link #ALL}.
   *
   * @param folder where to write them, empty or not there
   */
  static Dataset of(String form, Dataset images, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("train.tfrecord");
    return switch (form) {
      case "memory" -> images;
      case "records" -> records(raw(images, file));
      case "png records" -> {
        TfRecords.write(images, file);
        yield records(file);
      }
      case "png folder" -> folder(images, folder, "png");
      case "jpeg folder" -> folder(images, folder, "jpg");
      default -> throw new IllegalArgumentException("Sources: got the form " + form);
    };
  }

  private static Dataset records(Path file) throws IOException {
    return TfRecords.open(List.of(file), RecordFormat.images(SIDE, SIDE));
  }

  private static Path raw(Dataset images, Path file) throws IOException {
    byte[] pixels = images.inputs().bytes();
    int[] labels = images.labels().ints();
    try (RecordWriter writer =
        new RecordWriter(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int i = 0; i < labels.length; i++) {
        ByteString image = ByteString.copyFrom(pixels, i * IMAGE, IMAGE);
        Features features =
            Features.newBuilder()
                .putFeature(
                    "image",
                    Feature.newBuilder()
                        .setBytesList(BytesList.newBuilder().addValue(image))
                        .build())
                .putFeature(
                    "label",
                    Feature.newBuilder()
                        .setInt64List(Int64List.newBuilder().addValue(labels[i]))
                        .build())
                .build();
        writer.write(Example.newBuilder().setFeatures(features).build().toByteArray());
      }
    }
    return file;
  }

  private static Dataset folder(Dataset images, Path folder, String format) throws IOException {
    byte[] pixels = images.inputs().bytes();
    int[] labels = images.labels().ints();
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < labels.length; i++) {
      byte[] one = Arrays.copyOfRange(pixels, i * IMAGE, (i + 1) * IMAGE);
      int[] samples = new int[IMAGE];
      Arrays.setAll(samples, k -> one[k] & 0xff);
      image.getRaster().setPixels(0, 0, SIDE, SIDE, samples);
      Path of = Files.createDirectories(folder.resolve("class" + labels[i]));
      ImageIO.write(image, format, of.resolve(i + "." + format).toFile());
    }
    return ImageFolder.of(folder);
  }
}
