/** Layers that turn texts, whole numbers and measurements into what networks compute with. */
@NullMarked
package kerava.layers.preprocessing;

import org.jspecify.annotations.NullMarked;
