package kerava.train;

import java.util.concurrent.atomic.AtomicIntegerArray;
import kerava.data.Dataset;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/** Samples as if they were not in memory, which counts how often the inputs of each are read. */
final class Streamed implements Dataset {
  private final Dataset memory;
  private final AtomicIntegerArray reads;

  Streamed(Dataset memory) {
    this.memory = memory;
    this.reads = new AtomicIntegerArray(memory.size());
  }

  int reads(int sample) {
    return reads.get(sample);
  }

  @Override
  public int size() {
    return memory.size();
  }

  @Override
  public Shape inputShape() {
    return memory.inputShape();
  }

  @Override
  public Array inputs(int[] indices) {
    for (int index : indices) {
      reads.incrementAndGet(index);
    }
    return memory.inputs(indices);
  }

  @Override
  public Array labels(int[] indices) {
    return memory.labels(indices);
  }

  @Override
  public boolean pixels() {
    return memory.pixels();
  }

  @Override
  public boolean inMemory() {
    return false;
  }
}
