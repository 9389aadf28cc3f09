/**
 * The step of an optimizer in a training graph: gradients scaled, clipped, accumulated and applied.
 * Not for use outside of {@code kerava.train}.
 */
@NullMarked
package kerava.optimizers.step;

import org.jspecify.annotations.NullMarked;
