package kerava.saving.export;

import java.util.List;
import java.util.OptionalLong;
import kerava.graph.Array;

/**
 * What an exported model carries beside its computation.
 *
 * @param classNames the names of the classes; empty if they have none
 * @param topK how many classes the classifying signatures give at most
 * @param samples what a server runs once when it loads the model, an array an input; empty for
 *     zeros
 * @param version the number of the version folder, else the next free one
 */
public record ExportSettings(
    List<String> classNames, int topK, List<Array> samples, OptionalLong version) {
  /** Keeps the lists as they are now. */
  public ExportSettings {
    classNames = List.copyOf(classNames);
    samples = List.copyOf(samples);
  }
}
