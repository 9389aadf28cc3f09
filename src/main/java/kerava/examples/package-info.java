/** Programs to read: the notebook that Kerava started from, and its siblings. */
@NullMarked
package kerava.examples;

import org.jspecify.annotations.NullMarked;
