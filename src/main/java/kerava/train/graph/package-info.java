/**
 * What a training adds to a graph, and how batches run through it. Not for use outside of {@code
 * kerava.train}.
 */
@NullMarked
package kerava.train.graph;

import org.jspecify.annotations.NullMarked;
