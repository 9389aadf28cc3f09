package kerava.saving.export;

import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.BatchNormalization;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Dropout;
import kerava.layers.Flatten;
import kerava.saving.SeedModel;

/** A small model with what training has and serving must not have: dropout and moving averages. */
final class ServedModel {
  static final Model MODEL =
      Sequential.of(
          Input.of(8, 8, 3),
          Conv2D.of(4, 3),
          BatchNormalization.of(),
          Flatten.of(),
          Dropout.of(0.5),
          Dense.of(5).activation(ActivationFunction.SOFTMAX));

  static final Weights WEIGHTS = SeedModel.weights(MODEL, 5);

  private ServedModel() {}
}
