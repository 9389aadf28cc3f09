package kerava;

import kerava.graph.Weights;

/**
 * Everything that changes while a model is trained, on the host.
 *
 * @param weights all weights of the model
 * @param optimizer what the optimizer remembers
 */
public record TrainingState(Weights weights, OptimizerState optimizer) {}
