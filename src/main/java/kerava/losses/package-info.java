/** The losses, with Keras' names, arguments and defaults; one immutable type each. */
@NullMarked
package kerava.losses;

import org.jspecify.annotations.NullMarked;
