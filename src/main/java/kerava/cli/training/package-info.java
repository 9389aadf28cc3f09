/**
 * What {@code kerava train} does, from the model that it begins with to the files that it leaves.
 */
@NullMarked
package kerava.cli.training;

import org.jspecify.annotations.NullMarked;
