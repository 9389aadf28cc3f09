/** The metrics, with Keras' names, arguments and defaults; one immutable type each. */
@NullMarked
package kerava.metrics;

import org.jspecify.annotations.NullMarked;
