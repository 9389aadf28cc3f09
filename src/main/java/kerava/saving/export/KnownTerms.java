package kerava.saving.export;

import java.util.Optional;
import kerava.Model;
import kerava.ModelLayer;
import kerava.NamedLayer;
import kerava.TypedLayer;
import kerava.graph.Array;
import kerava.layers.preprocessing.VocabularyLayer;

/** Finds what a lookup takes that ends a run at any other value. */
final class KnownTerms {
  private KnownTerms() {}

  /** A value that lookups behind a place of a model take, if they do not take all. */
  static Optional<Array> at(Model model, NamedLayer.Origin place) {
    for (NamedLayer named : model.layersWithInputs()) {
      for (int i = 0; i < named.calls().size(); i++) {
        int input = named.calls().get(i).inputs().indexOf(place);
        Optional<Array> found = input < 0 ? Optional.empty() : within(model, named, i, input);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Array> within(Model model, NamedLayer named, int call, int input) {
    // What only moves values, such as Reshape.
    if (named.layer() instanceof TypedLayer typed && typed.keepsType()) {
      return at(model, new NamedLayer.Origin(named.name(), call, 0));
    }
    if (named.layer() instanceof ModelLayer inner) {
      return at(inner.model(), inner.model().inputs().get(input));
    }
    return named.layer() instanceof VocabularyLayer lookup ? lookup.onlyKnown() : Optional.empty();
  }
}
