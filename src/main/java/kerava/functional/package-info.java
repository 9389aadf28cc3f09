/**
 * What losses and metrics compute for each sample, as functions of targets and predictions, and the
 * arguments that they have in common.
 */
@NullMarked
package kerava.functional;

import org.jspecify.annotations.NullMarked;
