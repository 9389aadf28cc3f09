/** Penalties on weights and outputs, with Keras' names and defaults. */
@NullMarked
package kerava.regularizers;

import org.jspecify.annotations.NullMarked;
