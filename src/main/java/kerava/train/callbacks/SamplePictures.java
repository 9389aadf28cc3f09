package kerava.train.callbacks;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import kerava.data.Dataset;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/**
 * The first samples of a data set as pictures, or some of all classes where it lies class after
 * class.
 *
 * @param data images of one or three channels
 * @param count how many
 */
record SamplePictures(Dataset data, int count) {
  private static final long SEED = 1;

  SamplePictures {
    Shape shape = data.inputShape();
    boolean images =
        shape.numDimensions() == 3 && (shape.get(2) == 1 || shape.get(2) == 3) && count >= 1;
    if (!images) {
      throw new IllegalArgumentException(
          "TensorBoard images: expected at least 1 image of shape (height, width, 1 or 3), got "
              + count
              + " of "
              + shape
              + ".");
    }
  }

  int height() {
    return (int) data.inputShape().get(0);
  }

  int width() {
    return (int) data.inputShape().get(1);
  }

  /** PNG files. */
  List<byte[]> files() throws IOException {
    Dataset shown = data.some(count, SEED);
    Array inputs = shown.inputs();
    int channels = (int) data.inputShape().get(2);
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      BufferedImage picture = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < width() * height(); pixel++) {
        int at = (i * width() * height() + pixel) * channels;
        int red = number(inputs, at);
        int green = channels == 1 ? red : number(inputs, at + 1);
        int blue = channels == 1 ? red : number(inputs, at + 2);
        picture.setRGB(pixel % width(), pixel / width(), red << 16 | green << 8 | blue);
      }
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ImageIO.write(picture, "png", file);
      files.add(file.toByteArray());
    }
    return files;
  }

  /** From 0 to 255. */
  private int number(Array inputs, int index) {
    if (inputs.type() == Array.Type.UINT8) {
      return inputs.bytes()[index] & 0xff;
    }
    float whole = data.pixels() ? 1 : 255;
    return Math.max(0, Math.min(255, Math.round(inputs.floats()[index] * whole)));
  }
}
