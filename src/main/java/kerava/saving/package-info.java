/**
 * Models on disk: Keras' {@code .keras} archives, HDF5 files and weights files, and TensorFlow's
 * SavedModels.
 */
@NullMarked
package kerava.saving;

import org.jspecify.annotations.NullMarked;
