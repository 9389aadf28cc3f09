package kerava.train.callbacks;

import com.google.protobuf.ByteString;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import kerava.config.Visible;
import kerava.files.Folders;
import kerava.files.RecordWriter;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A file of events, as TensorBoard reads them. It is made when the first event is written.
 *
 * <p>TensorBoard watches the file while it grows, so that events are added to it in its place; each
 * has a checksum, and a last one that is cut off is passed over.
 *
 * @see <a href="https://github.com/tensorflow/tensorboard">TensorBoard</a>
 */
final class EventLog implements Closeable {
  private static final String START = "events.out.tfevents.";
  private static final String VERSION = "brain.Event:2";

  private final Path folder;
  private long began = System.currentTimeMillis() / 1000;
  private Optional<Open> open = Optional.empty();

  /** The file while it is written. */
  private record Open(FileChannel channel, RecordWriter writer) {}

  EventLog(Path folder) {
    this.folder = folder;
  }

  /** The number in the file's name: when it was begun, in seconds since 1970. */
  long began() {
    return began;
  }

  /** How many bytes were written; 0 if there is no file yet. */
  long size() throws IOException {
    return open.isPresent() ? open.get().channel().size() : 0;
  }

  /**
   * Goes on in a file of another process, without what that wrote behind some place; in a new one
   * if it is gone.
   */
  void resume(long when, long size) throws IOException {
    if (size == 0 || !Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, START + when + ".*")) {
      for (Path file : files) {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.truncate(size).position(Math.min(size, channel.size()));
        began = when;
        open = Optional.of(open(channel));
        return;
      }
    }
  }

  private static Open open(FileChannel channel) {
    return new Open(
        channel,
        new RecordWriter(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)));
  }

  /** A number. */
  void scalar(String tag, long step, double value) throws IOException {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addFloatVal((float) value)
            .build();
    summary(tag, step, "scalars", tensor);
  }

  /**
   * How numbers are spread.
   *
   * @param buckets each with its left end, its right end and how many numbers lie in it
   */
  void histogram(String tag, long step, List<double[]> buckets) throws IOException {
    ByteBuffer numbers =
        ByteBuffer.allocate(buckets.size() * 3 * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] bucket : buckets) {
      for (double number : bucket) {
        numbers.putDouble(number);
      }
    }
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_DOUBLE)
            .setTensorShape(shape(buckets.size(), 3))
            .setTensorContent(ByteString.copyFrom(numbers.flip()))
            .build();
    summary(tag, step, "histograms", tensor);
  }

  /**
   * Pictures of one size.
   *
   * @param pictures PNG files
   */
  void images(String tag, int width, int height, List<byte[]> pictures) throws IOException {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(shape(2 + pictures.size()))
            .addStringVal(ByteString.copyFromUtf8(String.valueOf(width)))
            .addStringVal(ByteString.copyFromUtf8(String.valueOf(height)));
    pictures.forEach(picture -> tensor.addStringVal(ByteString.copyFrom(picture)));
    summary(tag, 0, "images", tensor.build());
  }

  /** The graph that is trained. */
  void graph(byte[] definition) throws IOException {
    write(Event.newBuilder().setGraphDef(ByteString.copyFrom(definition)));
  }

  private static TensorShapeProto shape(int... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }

  private void summary(String tag, long step, String plugin, TensorProto tensor)
      throws IOException {
    SummaryMetadata.PluginData data =
        SummaryMetadata.PluginData.newBuilder().setPluginName(plugin).build();
    Summary.Value value =
        Summary.Value.newBuilder()
            .setTag(Visible.of(tag))
            .setMetadata(SummaryMetadata.newBuilder().setPluginData(data))
            .setTensor(tensor)
            .build();
    write(Event.newBuilder().setStep(step).setSummary(Summary.newBuilder().addValue(value)));
  }

  private void write(Event.Builder event) throws IOException {
    if (open.isEmpty()) {
      Folders.make(folder);
      while (exists(began)) {
        began++;
      }
      Path file = folder.resolve(START + began + ".kerava." + ProcessHandle.current().pid());
      open =
          Optional.of(
              open(
                  FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
      append(Event.newBuilder().setFileVersion(VERSION));
    }
    append(event);
  }

  private void append(Event.Builder event) throws IOException {
    byte[] record = event.setWallTime(System.currentTimeMillis() / 1e3).build().toByteArray();
    open.orElseThrow().writer().write(record);
  }

  private boolean exists(long when) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, START + when + ".*")) {
      return files.iterator().hasNext();
    }
  }

  /** Shows to TensorBoard what was written. */
  void flush() throws IOException {
    if (open.isPresent()) {
      open.get().writer().flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (open.isPresent()) {
      open.get().writer().close();
    }
  }
}
