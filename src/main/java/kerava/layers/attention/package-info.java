/** Layers of which each step sees others: attention, of one head or of many. */
@NullMarked
package kerava.layers.attention;

import org.jspecify.annotations.NullMarked;
