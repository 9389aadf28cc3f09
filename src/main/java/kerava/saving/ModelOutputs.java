package kerava.saving;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kerava.ClassScore;
import kerava.config.Visible;
import kerava.graph.Array;
import kerava.graph.Tensors;
import kerava.saving.savedmodel.SessionOutputs;
import kerava.saving.savedmodel.SignatureTensor;
import org.tensorflow.Tensor;
import org.tensorflow.types.TString;

/** What one call of a {@link LoadedModel} gave, as tensors; to be closed. */
public final class ModelOutputs implements AutoCloseable {
  private final SessionOutputs outputs;

  ModelOutputs(SessionOutputs outputs) {
    this.outputs = outputs;
  }

  /** The names of the outputs, sorted. */
  public Set<String> names() {
    return outputs.names();
  }

  /**
   * An output, of any type; it lives until this is closed.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Tensor tensor(String name) {
    return outputs.tensor(name);
  }

  /**
   * A copy of an output's numbers.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is of a type that arrays
   *     do not have
   */
  public Array array(String name) {
    return Tensors.array(tensor(name));
  }

  /**
   * The texts of an output, row-major.
   *
   * @throws IllegalArgumentException if there is none of that name, or it holds no texts
   */
  public List<String> texts(String name) {
    Tensor tensor = tensor(name);
    if (!(tensor instanceof TString strings)) {
      throw new IllegalArgumentException(
          Visible.of(
              "ModelOutputs "
                  + name
                  + ": expected texts, got "
                  + SignatureTensor.type(tensor.dataType())
                  + "."));
    }
    List<String> texts = new ArrayList<>();
    strings.scalars().forEach(scalar -> texts.add(scalar.getObject()));
    return List.copyOf(texts);
  }

  /** What a signature that names classes said of each sample. */
  List<List<ClassScore>> classes() {
    List<String> classes = texts("classes");
    float[] scores = array("scores").floats();
    int top = Math.toIntExact(tensor("scores").shape().get(1));
    List<List<ClassScore>> samples = new ArrayList<>();
    for (int i = 0; i < scores.length; i += top) {
      List<ClassScore> sample = new ArrayList<>();
      for (int k = i; k < i + top; k++) {
        sample.add(new ClassScore(classes.get(k), scores[k]));
      }
      samples.add(List.copyOf(sample));
    }
    return List.copyOf(samples);
  }

  @Override
  public void close() {
    outputs.close();
  }
}
