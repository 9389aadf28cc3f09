package kerava;

import java.util.List;
import kerava.graph.Weights;

/** What may be seen of a model in training; each call copies the numbers as they are now. */
public interface TrainingView {
  /** The model. */
  Model model();

  /** What it is trained with. */
  CompileSettings settings();

  /** The weights of the model, by name, in its order. */
  Weights weights();

  /** The weights and what the optimizer remembers. */
  TrainingState state();

  /** The names of the classes of the data that it was trained on; empty if they have none. */
  List<String> classNames();

  /** The learning rate of the next step. */
  double learningRate();
}
