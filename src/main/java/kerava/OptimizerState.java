package kerava;

import java.util.Optional;
import kerava.graph.Weights;

/**
 * What an optimizer remembers, on the host.
 *
 * @param iterations how many training steps were done
 * @param learningRate the rate now, if it is a number and not a schedule
 * @param slots all slots by their {@link Slot#path}, in Keras' order
 */
public record OptimizerState(long iterations, Optional<Float> learningRate, Weights slots) {}
