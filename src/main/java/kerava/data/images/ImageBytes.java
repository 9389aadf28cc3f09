package kerava.data.images;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import kerava.files.FileKind;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an image file by their places, of which a window is in memory: headers and ends are
 * looked at without reading what lies between.
 */
final class ImageBytes implements Closeable {
  private static final int WINDOW = 8192;

  private final long size;
  private final @Nullable FileChannel channel;
  private byte[] window;
  private long start;

  private ImageBytes(long size, @Nullable FileChannel channel, byte[] window) {
    this.size = size;
    this.channel = channel;
    this.window = window;
  }

  static ImageBytes of(byte[] bytes) {
    return new ImageBytes(bytes.length, null, bytes);
  }

  static ImageBytes open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    return new ImageBytes(channel.size(), channel, new byte[0]);
  }

  long size() {
    return size;
  }

  /** The byte at a place, 0 to 255, or -1 behind the end. */
  int at(long place) throws IOException {
    if (place < 0 || place >= size) {
      return -1;
    }
    if (place < start || place >= start + window.length) {
      fill(place);
    }
    int within = (int) (place - start);
    return within < window.length ? window[within] & 0xff : -1;
  }

  /** What the file is. */
  FileKind kind() throws IOException {
    // Brings the window to the start.
    at(0);
    return FileKind.of(Arrays.copyOf(window, Math.min(window.length, FileKind.LOOK)), size);
  }

  /** A number of some bytes, the first of them the highest, or -1 where the file ends before. */
  long big(long place, int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | at(place + i);
    }
    return place + bytes > size ? -1 : value;
  }

  /** A number of some bytes, the first of them the lowest, or -1 where the file ends before. */
  long little(long place, int bytes) throws IOException {
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | at(place + i);
    }
    return place + bytes > size ? -1 : value;
  }

  /** Whether some Latin letters stand at a place. */
  boolean reads(long place, String letters) throws IOException {
    for (int i = 0; i < letters.length(); i++) {
      if (at(place + i) != letters.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void fill(long place) throws IOException {
    if (channel == null) {
      return;
    }
    // A window that begins a little before what is asked for holds the whole of a file's end.
    start = Math.max(0, Math.min(place, size - WINDOW));
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(WINDOW, size - start));
    while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) >= 0) {}
    window =
        buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
