/** What watches a training and may change its course, with Keras' names, arguments and defaults. */
@NullMarked
package kerava.train.callbacks;

import org.jspecify.annotations.NullMarked;
