/**
 * Pictures as numbers: the one place that says how image files and pixels become what a model's
 * first layer gets, and the one decoder, on TensorFlow's own kernels.
 */
@NullMarked
package kerava.images;

import org.jspecify.annotations.NullMarked;
