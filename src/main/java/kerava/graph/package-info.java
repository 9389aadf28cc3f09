/**
 * TensorFlow graphs under construction and in execution, and the host side of their numbers.
 *
 * <p>A {@link kerava.graph.Network} is a graph that owns its weights; a {@link kerava.graph.Pass}
 * is one forward computation through it, in one {@link kerava.graph.Mode}; a {@link
 * kerava.graph.Scope} is what one layer may do in it. {@link kerava.graph.Weights} is the only form
 * in which weights leave and enter.
 */
@NullMarked
package kerava.graph;

import org.jspecify.annotations.NullMarked;
