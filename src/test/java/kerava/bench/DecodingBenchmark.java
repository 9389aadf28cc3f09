package kerava.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import kerava.graph.Array;
import kerava.images.ColorMode;
import kerava.images.ImageDecoder;
import kerava.images.Preprocessing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Image files into pixels, by TensorFlow's decoder and by Java's; {@code -t 2} for two threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DecodingBenchmark {
  /** The kind of file. */
  @Param({"jpg", "png"})
  public String kind;

  /** Height and width. */
  @Param({"32", "500"})
  public int side;

  private byte[] file;

  /** Draws a picture that is smooth but for some noise, as photographs are. */
  @Setup
  public void draw() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int shade = i * 150 / (side * side) + random.nextInt(30);
      image.setRGB(i % side, i / side, shade << 16 | (i % side * 200 / side) << 8 | (255 - shade));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, kind, bytes);
    file = bytes.toByteArray();
  }

  /** By TensorFlow's kernel. */
  @Benchmark
  public Array decode() throws IOException {
    return ImageDecoder.decode(file, ColorMode.RGB);
  }

  /** The same, brought to 160x160. */
  @Benchmark
  public Array load() throws IOException {
    return ImageDecoder.load(file, Preprocessing.of(160, 160));
  }

  /** By Java's decoder, with its pixels taken out as bytes. */
  @Benchmark
  public byte[] java() throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    int[] packed = image.getRGB(0, 0, side, side, new int[side * side], 0, side);
    byte[] pixels = new byte[packed.length * 3];
    for (int i = 0; i < packed.length; i++) {
      pixels[3 * i] = (byte) (packed[i] >> 16);
      pixels[3 * i + 1] = (byte) (packed[i] >> 8);
      pixels[3 * i + 2] = (byte) packed[i];
    }
    return pixels;
  }
}
