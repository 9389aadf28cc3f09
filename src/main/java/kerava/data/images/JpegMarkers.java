package kerava.data.images;

import java.io.IOException;

/** The segments of a JPEG, each of which begins with a marker: 0xff and what it is. */
final class JpegMarkers {
  private static final int SCAN = 0xda;
  private static final int END = 0xd9;

  private JpegMarkers() {}

  /** The place of the length of the frame header, behind its marker; -1 where there is none. */
  static long frame(ImageBytes bytes) throws IOException {
    long place = next(bytes, 2);
    while (place >= 0) {
      int marker = bytes.at(place);
      if (isFrame(marker)) {
        return place + 1;
      }
      if (marker == SCAN || marker == END) {
        return -1;
      }
      place = next(bytes, behind(bytes, place));
    }
    return -1;
  }

  /** Whether the end of the image is reached, however many bytes follow it. */
  static boolean ends(ImageBytes bytes) throws IOException {
    if (bytes.big(bytes.size() - 2, 2) == 0xffd9) {
      return true;
    }
    long place = next(bytes, 2);
    while (place >= 0 && bytes.at(place) != END) {
      place = next(bytes, behind(bytes, place));
    }
    return place >= 0;
  }

  /** Start-of-frame markers, less those of tables (C4, CC) and the reserved one (C8). */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  /** Where the segment of the marker at a place is over; some markers stand alone. */
  private static long behind(ImageBytes bytes, long place) throws IOException {
    int marker = bytes.at(place);
    boolean alone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    return alone ? place + 1 : place + 1 + Math.max(2, bytes.big(place + 1, 2));
  }

  /**
   * The place of the next marker behind its 0xff; in the data of a scan 0xff is followed by 0 where
   * it is none.
   */
  private static long next(ImageBytes bytes, long from) throws IOException {
    for (long place = from; place < bytes.size() - 1; place++) {
      if (bytes.at(place) == 0xff) {
        int marker = bytes.at(place + 1);
        if (marker != 0 && marker != 0xff) {
          return place + 1;
        }
      }
    }
    return -1;
  }
}
