package kerava.data.images;

import java.io.IOException;

/** Whether a file of images goes on to the end that its kind has. */
final class ImageEnd {
  private ImageEnd() {}

  static boolean reached(ImageHeader.Kind kind, ImageBytes bytes) throws IOException {
    return switch (kind) {
      case PNG -> png(bytes);
      case JPEG -> JpegMarkers.ends(bytes);
      case GIF -> gif(bytes);
      case BMP -> BmpHeader.ends(bytes);
    };
  }

  private static boolean png(ImageBytes bytes) throws IOException {
    if (bytes.reads(bytes.size() - 8, "IEND")) {
      return true;
    }
    long chunk = 8;
    while (chunk + 12 <= bytes.size() && !bytes.reads(chunk + 4, "IEND")) {
      chunk += 12 + bytes.big(chunk, 4);
    }
    return chunk + 12 <= bytes.size();
  }

  /** As TensorFlow does, takes a file that ends with its last frame, without a trailer. */
  private static boolean gif(ImageBytes bytes) throws IOException {
    long place = 13L + colours(bytes.at(10));
    int frames = 0;
    while (bytes.at(place) == '!' || bytes.at(place) == ',') {
      boolean frame = bytes.at(place) == ',';
      place = blocks(bytes, frame ? place + 11 + colours(bytes.at(place + 9)) : place + 2);
      frames += frame && place <= bytes.size() ? 1 : 0;
    }
    return frames > 0 && (place == bytes.size() || bytes.at(place) == ';');
  }

  /** The bytes of a table of colours, if the flags say that there is one. */
  private static int colours(int flags) {
    return flags < 0x80 ? 0 : 3 << (flags % 8 + 1);
  }

  /** Where a row of blocks is over: each says its length, the last one is empty. */
  private static long blocks(ImageBytes bytes, long from) throws IOException {
    long place = from;
    while (bytes.at(place) > 0) {
      place += 1 + bytes.at(place);
    }
    return place + 1;
  }
}
