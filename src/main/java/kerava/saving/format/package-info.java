/**
 * What a path of a model is, by the names of its files, and what to give instead where it is
 * something else.
 */
@NullMarked
package kerava.saving.format;

import org.jspecify.annotations.NullMarked;
