/**
 * Weights and the states of optimizers in Keras' HDF5 files, in the format of Keras 3 and the one
 * before.
 */
@NullMarked
package kerava.saving.weights;

import org.jspecify.annotations.NullMarked;
