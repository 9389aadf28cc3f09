/** Layers for sequences, with Keras' names, arguments and defaults. */
@NullMarked
package kerava.layers.recurrent;

import org.jspecify.annotations.NullMarked;
