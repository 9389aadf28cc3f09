package kerava.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kerava.graph.Array;

/**
 * A data set of which batches are read by another thread before they are asked for, in an order
 * that is known. No more than a few batches are held at once.
 *
 * <p>Whoever asks for other samples gets them, but waits for them.
 */
public final class ReadAhead extends DatasetView implements AutoCloseable {
  /** How many batches are read ahead. */
  private static final int DEPTH = 4;

  private final Iterator<int[]> upcoming;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private Optional<Loaded> current = Optional.empty();
  private Optional<ExecutorService> reader = Optional.empty();

  private record Pending(Array indices, Future<Loaded> batch) {}

  private record Loaded(Array indices, List<Array> inputs, List<Array> labels) {}

  private ReadAhead(Dataset base, Iterator<int[]> upcoming) {
    super(base);
    this.upcoming = upcoming;
  }

  /**
   * Begins to read batches; a data set in memory is left as it is.
   *
   * @param upcoming the samples of each batch, in the order in which they will be asked for
   */
  public static ReadAhead of(Dataset base, Iterator<int[]> upcoming) {
    ReadAhead ahead = new ReadAhead(base, upcoming);
    if (!base.inMemory()) {
      ahead.start();
    }
    return ahead;
  }

  private void start() {
    reader =
        Optional.of(
            Executors.newSingleThreadExecutor(
                task -> {
                  Thread thread = new Thread(task, "kerava-read-ahead");
                  thread.setDaemon(true);
                  return thread;
                }));
    for (int i = 0; i < DEPTH; i++) {
      readNext();
    }
  }

  private void readNext() {
    if (reader.isPresent() && upcoming.hasNext()) {
      int[] indices = upcoming.next();
      pending.add(
          new Pending(
              array(indices),
              reader
                  .get()
                  .submit(
                      () ->
                          new Loaded(
                              array(indices),
                              base.inputArrays(indices),
                              base.labelArrays(indices)))));
    }
  }

  private static Array array(int[] indices) {
    return Array.of(indices, indices.length);
  }

  private Optional<Loaded> loaded(int[] indices) {
    Array wanted = array(indices);
    if (current.isPresent() && current.get().indices().equals(wanted)) {
      return current;
    }
    Pending next = pending.peek();
    if (next == null || !next.indices().equals(wanted)) {
      return Optional.empty();
    }
    pending.remove();
    current = Optional.of(wait(next.batch()));
    readNext();
    return current;
  }

  private static Loaded wait(Future<Loaded> batch) {
    try {
      return batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("ReadAhead: expected to read a batch, got an interrupt.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("ReadAhead: expected a batch, got " + e.getCause(), e);
    }
  }

  @Override
  public List<Column> inputColumns() {
    return base.inputColumns();
  }

  @Override
  public List<Column> labelColumns() {
    return base.labelColumns();
  }

  @Override
  public List<Array> inputArrays(int[] indices) {
    return loaded(indices).map(Loaded::inputs).orElseGet(() -> base.inputArrays(indices));
  }

  @Override
  public List<Array> labelArrays(int[] indices) {
    return loaded(indices).map(Loaded::labels).orElseGet(() -> base.labelArrays(indices));
  }

  @Override
  public Array inputs(int[] indices) {
    return inputArrays(indices).get(0);
  }

  @Override
  public Array labels(int[] indices) {
    return labelArrays(indices).get(0);
  }

  /** Ends the reading; what was read and not asked for is forgotten. */
  @Override
  public void close() {
    reader.ifPresent(ExecutorService::shutdownNow);
    pending.clear();
    current = Optional.empty();
  }
}
