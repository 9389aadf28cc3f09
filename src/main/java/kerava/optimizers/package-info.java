/** The optimizers, with Keras' names, arguments and defaults; one immutable type each. */
@NullMarked
package kerava.optimizers;

import org.jspecify.annotations.NullMarked;
