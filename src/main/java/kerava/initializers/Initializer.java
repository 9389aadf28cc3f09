package kerava.initializers;

import kerava.config.Configured;
import kerava.graph.InitialValue;

/**
 * Makes the first value of a weight, and can be named in a config.
 *
 * @see <a href="https://keras.io/api/layers/initializers/">Keras: layer weight initializers</a>
 */
public interface Initializer extends InitialValue, Configured {}
