package kerava.data.records;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files that stay open while some samples are read from them, by several threads. */
public final class OpenFiles implements Closeable {
  private final List<Path> files;
  private final Map<Integer, FileChannel> channels = new ConcurrentHashMap<>();

  OpenFiles(List<Path> files) {
    this.files = files;
  }

  /** Reads a part of a file at once; fewer bytes where the file ends before. */
  byte[] read(int file, long offset, int length) throws IOException {
    FileChannel channel = channel(file);
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int read = 0;
    while (read >= 0 && bytes.hasRemaining()) {
      read = channel.read(bytes, offset + bytes.position());
    }
    return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
  }

  private FileChannel channel(int file) throws IOException {
    FileChannel there = channels.get(file);
    if (there != null) {
      return there;
    }
    FileChannel opened = FileChannel.open(files.get(file), StandardOpenOption.READ);
    FileChannel first = channels.putIfAbsent(file, opened);
    if (first == null) {
      return opened;
    }
    opened.close();
    return first;
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels.values()) {
      channel.close();
    }
  }
}
