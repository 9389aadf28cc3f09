package kerava.saving;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model says of one class.
 *
 * @param name the name of the class
 * @param score its score; a probability if the model ends in a softmax
 */
public record ClassScore(String name, float score) {
  /** What a signature that names classes says of each sample. */
  static List<List<ClassScore>> samples(ModelOutputs outputs) {
    List<String> classes = outputs.texts("classes");
    float[] scores = outputs.array("scores").floats();
    int top = Math.toIntExact(outputs.tensor("scores").shape().get(1));
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
}
