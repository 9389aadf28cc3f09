package kerava.saving.weights;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.Layer;
import kerava.Model;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.layers.preprocessing.VocabularyLayer;
import kerava.saving.hdf5.Hdf5Draft;
import kerava.saving.hdf5.Hdf5File;
import kerava.saving.json.LayerOrder;
import kerava.saving.json.Vocabularies;

/** The weights of terms, which lookups have among the weights of Keras' files. */
public final class LookupWeights {
  private static final String NAME = "/vars/idf_weights";

  /** What Keras calls the lookup within a text vectorization, which it writes once more. */
  private static final String WITHIN = "/_lookup_layer";

  private LookupWeights() {}

  /** Reads a file beside the weights. */
  @FunctionalInterface
  public interface Files {
    /** The content, if there is a file for the layer at that place. */
    Optional<byte[]> read(String place) throws IOException;
  }

  /** Finds weights in a weights file of Keras 3, and vocabularies beside it. */
  public static Vocabularies.Finder in(Hdf5File weights, Files vocabularies) {
    return new Vocabularies.Finder() {
      @Override
      public Optional<byte[]> terms(String place) throws IOException {
        return vocabularies.read(place);
      }

      @Override
      public Optional<Array> weights(String place) throws ModelFormatException {
        return find(weights, place);
      }
    };
  }

  private static Optional<Array> find(Hdf5File file, String place) throws ModelFormatException {
    String dataset = WeightsH5.place(file, place + NAME);
    return file.has(dataset) ? Optional.of(file.floats(dataset)) : Optional.empty();
  }

  /** Where Keras has what belongs to the lookup that stands at a place. */
  public static List<String> places(String place) {
    String own = place.substring(place.lastIndexOf('/') + 1);
    return own.startsWith("text_vectorization") ? List.of(place, place + WITHIN) : List.of(place);
  }

  /** Writes the weights of a model's terms. */
  static void write(Hdf5Draft draft, Model model, LayerOrder order) throws IOException {
    for (Map.Entry<List<String>, String> each : order.places(model).entrySet()) {
      Optional<Array> weights = lookup(model, each.getKey()).flatMap(VocabularyLayer::idf);
      if (weights.isPresent()) {
        for (String place : places(each.getValue())) {
          draft.put(place + NAME, weights.get());
        }
      }
    }
  }

  private static Optional<VocabularyLayer> lookup(Model model, List<String> path) {
    Layer layer = NormalizationWeights.step(model, path).layer();
    return layer instanceof VocabularyLayer lookup ? Optional.of(lookup) : Optional.empty();
  }

  /**
   * Refuses weights of a model whose terms have others: they belong to the layers here, so that the
   * weights of the file would be read without them.
   */
  public static void requireSame(Hdf5File file, Model model, LayerOrder order)
      throws ModelFormatException {
    for (Map.Entry<List<String>, String> each : order.places(model).entrySet()) {
      Optional<Array> own = lookup(model, each.getKey()).flatMap(VocabularyLayer::idf);
      Optional<Array> found = own.isPresent() ? find(file, each.getValue()) : Optional.empty();
      if (found.isPresent() && !same(own.get(), found.get())) {
        throw new ModelFormatException(
            String.join("/", each.getKey()) + " idf_weights",
            "those of the model's lookup",
            "others",
            "Can the layer be made with those?");
      }
    }
  }

  // Keras fills them up with zeros where its rows are longer.
  private static boolean same(Array own, Array found) {
    int size = Math.max(own.size(), found.size());
    return Arrays.equals(Arrays.copyOf(own.floats(), size), Arrays.copyOf(found.floats(), size));
  }
}
