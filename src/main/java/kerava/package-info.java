/**
 * The grammar: layers are immutable values, a model is an immutable list of named layers, and both
 * can be built into a graph any number of times.
 */
@NullMarked
package kerava;

import org.jspecify.annotations.NullMarked;
