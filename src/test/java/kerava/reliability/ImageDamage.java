package kerava.reliability;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Makes and damages files of images. */
final class ImageDamage {
  private ImageDamage() {}

  /** A picture of noise in a format. */
  static byte[] image(String format) throws IOException {
    BufferedImage image = new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < 16 * 12; i++) {
      image.setRGB(i % 16, i / 16, random.nextInt());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  /** Damages a chunk of a PNG file and gives it a right checksum, or any bytes. */
  static byte[] png(byte[] content, Random random) {
    if (random.nextInt(3) == 0) {
      return Damage.bytes(content, random);
    }
    ByteBuffer buffer = ByteBuffer.wrap(content.clone());
    int at = 8;
    while (at + 12 <= content.length) {
      int length = buffer.getInt(at);
      if (length < 0 || at + 12 + length > content.length) {
        break;
      }
      if (length > 0 && random.nextInt(2) == 0) {
        int byteAt = at + 8 + random.nextInt(length);
        buffer.put(byteAt, (byte) Damage.number(random));
        if (length == 13 && random.nextBoolean()) {
          buffer.putInt(at + 8 + 4 * random.nextInt(2), (int) Damage.number(random));
        }
        CRC32 sum = new CRC32();
        sum.update(buffer.array(), at + 4, length + 4);
        buffer.putInt(at + 8 + length, (int) sum.getValue());
        return buffer.array();
      }
      at += 12 + length;
    }
    return Damage.bytes(content, random);
  }
}
