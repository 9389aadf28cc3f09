/**
 * Models on disk: Keras' archives, HDF5 files and weights files, and TensorFlow's SavedModels,
 * written and read.
 *
 * <p>{@link kerava.saving.KerasArchive} exchanges models in training with Python; {@link
 * kerava.saving.SavedModels} hands them to TensorFlow Serving. What is written appears in its place
 * whole or not at all; what is read is refused with a {@link kerava.files.ModelFormatException} if
 * it is damaged.
 */
@NullMarked
package kerava.saving;

import org.jspecify.annotations.NullMarked;
