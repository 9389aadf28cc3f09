package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kerava.ClassScores;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.saving.LoadedModel;
import kerava.saving.ModelSignature;
import org.tensorflow.ndarray.Shape;

/**
 * A SavedModel, which is asked through its default signature.
 *
 * @param loaded the model
 */
record AskedSavedModel(LoadedModel loaded) implements Asked {
  private static final int ROWS = 250;
  private static final float PIXEL = 255;

  static AskedSavedModel open(Path path) throws IOException {
    return new AskedSavedModel(LoadedModel.open(path));
  }

  @Override
  public Shape sample() {
    ModelSignature signature =
        loaded.signatures().size() == 1
            ? loaded.signatures().get(0)
            : loaded.signature("serving_default");
    Shape shape = signature.inputs().values().iterator().next().shape();
    return shape.subShape(1, shape.numDimensions());
  }

  @Override
  public List<String> classNames() {
    return loaded.classNames();
  }

  @Override
  public ClassScores scores() {
    return loaded.scores();
  }

  @Override
  public Array predict(Array inputs) {
    int count = Math.toIntExact(inputs.shape().get(0));
    if (count <= ROWS) {
      return loaded.call(inputs);
    }
    Dataset rows = AskedModel.rows(inputs);
    float[] all = new float[0];
    long[] shape = {};
    for (int from = 0; from < count; from += ROWS) {
      Array part = loaded.call(rows.range(from, Math.min(count, from + ROWS)).inputs());
      if (from == 0) {
        shape = part.shape().asArray().clone();
        all = new float[Math.toIntExact(part.size() / shape[0] * count)];
      }
      System.arraycopy(part.floats(), 0, all, from * (all.length / count), part.size());
    }
    shape[0] = count;
    return Array.of(all, shape);
  }

  @Override
  public Array predictPixels(Array pixels) {
    float[] scaled = new float[pixels.size()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (pixels.bytes()[i] & 0xff) / PIXEL;
    }
    return predict(Array.of(scaled, pixels.shape().asArray()));
  }

  @Override
  public void close() {
    loaded.close();
  }
}
