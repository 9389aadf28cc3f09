package kerava.layers.preprocessing;

import java.util.Optional;
import kerava.Layer;
import kerava.graph.Array;

/** A layer with a vocabulary, which Keras' files may hold beside the layer's arguments. */
public interface VocabularyLayer extends Layer {
  /**
   * The terms in the order of their numbers, from 0, special ones included; Keras' {@code
   * get_vocabulary()}.
   *
   * @return STRING or INT64 of shape (terms)
   * @throws IllegalArgumentException if the layer has no vocabulary yet
   */
  Array terms();

  /**
   * The weights of the terms in the mode {@code TF_IDF}, as the layer computes with them.
   *
   * @return FLOAT32 of shape (numbers), or nothing in another mode or without a vocabulary
   */
  Optional<Array> idf();

  /**
   * A term that the layer takes, where it ends a run at those that are not in its vocabulary; else
   * nothing.
   *
   * @return STRING or INT64 without dimensions
   */
  default Optional<Array> onlyKnown() {
    return Optional.empty();
  }
}
