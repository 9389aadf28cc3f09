/** How weights get their first values, with Keras' names and defaults. */
@NullMarked
package kerava.initializers;

import org.jspecify.annotations.NullMarked;
