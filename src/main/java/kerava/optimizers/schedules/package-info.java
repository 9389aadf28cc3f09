/** The learning rate schedules, with Keras' names, arguments and defaults; immutable values. */
@NullMarked
package kerava.optimizers.schedules;

import org.jspecify.annotations.NullMarked;
