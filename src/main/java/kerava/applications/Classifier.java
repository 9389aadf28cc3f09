package kerava.applications;

import static kerava.layers.ActivationFunction.SOFTMAX;

import kerava.layers.ActivationFunction;

/**
 * What a network ends with.
 *
 * @param classes how many classes there are; 10 by default
 * @param activation {@code SOFTMAX}, which gives probabilities, by default; {@code LINEAR} gives
 *     logits
 */
record Classifier(int classes, ActivationFunction activation) {
  static final Classifier TEN = new Classifier(10, SOFTMAX);

  Classifier {
    if (classes < 1) {
      throw new IllegalArgumentException(
          "Classifier classes: expected at least 1, got " + classes + ".");
    }
  }

  Classifier withClasses(int count) {
    return new Classifier(count, activation);
  }

  Classifier withActivation(ActivationFunction function) {
    return new Classifier(classes, function);
  }
}
