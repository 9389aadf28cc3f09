/** The layers, with Keras' names, arguments and defaults; one immutable type each. */
@NullMarked
package kerava.layers;

import org.jspecify.annotations.NullMarked;
