package kerava.report;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import kerava.data.Dataset;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/** Turns samples into images. */
final class Pixels {
  private Pixels() {}

  /**
   * Whether samples of a shape can be looked at: (height, width), or (height, width, channels) with
   * one channel (grey), three (red, green, blue) or four (opacity too).
   */
  static boolean areImages(Shape shape) {
    int rank = shape.numDimensions();
    return rank == 2 || (rank == 3 && List.of(1L, 3L, 4L).contains(shape.get(2)));
  }

  /**
   * Reads samples as images.
   *
   * <p>Bytes and pixels are shown as they are. Of other numbers, 0 is black and 1 is white, unless
   * some lie beyond: then the lowest is black and the highest is white.
   */
  static List<BufferedImage> read(Dataset samples, int[] indices) {
    Shape shape = samples.inputShape();
    int height = (int) shape.get(0);
    int width = (int) shape.get(1);
    int channels = shape.numDimensions() == 2 ? 1 : (int) shape.get(2);
    byte[] bytes = bytes(samples.inputs(indices), samples.pixels() ? 255 : 1);
    return IntStream.range(0, indices.length)
        .mapToObj(
            i -> {
              BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
              int[] colours = colours(bytes, i * height * width, new int[height * width], channels);
              image.setRGB(0, 0, width, height, colours, 0, width);
              return image;
            })
        .toList();
  }

  private static int[] colours(byte[] bytes, int first, int[] colours, int channels) {
    for (int i = 0; i < colours.length; i++) {
      int at = (first + i) * channels;
      int red = bytes[at] & 0xff;
      int green = channels == 1 ? red : bytes[at + 1] & 0xff;
      int blue = channels == 1 ? red : bytes[at + 2] & 0xff;
      colours[i] = red << 16 | green << 8 | blue;
    }
    return colours;
  }

  /** Numbers are shown from black to white, where white is a number or the highest beyond it. */
  private static byte[] bytes(Array inputs, float white) {
    if (inputs.type() == Array.Type.UINT8) {
      return inputs.bytes();
    }
    float[] values = inputs.floats();
    float low = 0;
    float high = white;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) Math.round((values[i] - low) / (high - low) * 255);
    }
    return bytes;
  }
}
