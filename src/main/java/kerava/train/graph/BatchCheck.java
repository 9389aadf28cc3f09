package kerava.train.graph;

import java.util.List;
import kerava.graph.Array;

/** What is looked at in each batch, of data that cannot be looked through before. */
public interface BatchCheck {
  /** Nothing. */
  BatchCheck NONE =
      new BatchCheck() {
        @Override
        public void inputs(List<Array> batch) {}

        @Override
        public void labels(List<Array> batch) {}
      };

  /**
   * Looks at inputs.
   *
   * @param batch in the model's order
   * @throws IllegalArgumentException if they do not fit the model
   */
  void inputs(List<Array> batch);

  /**
   * Looks at labels.
   *
   * @param batch one array an output that needs labels
   * @throws IllegalArgumentException if they do not fit the losses
   */
  void labels(List<Array> batch);
}
