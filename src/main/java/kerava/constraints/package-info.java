/** Bounds that weights are brought back to after each training step, with Keras' names. */
@NullMarked
package kerava.constraints;

import org.jspecify.annotations.NullMarked;
