/**
 * Models on disk: Keras' archives, TensorFlow's SavedModels and what is needed to continue a
 * training, written and read.
 *
 * <p>{@link kerava.saving.SavedModels} hands a model to Python and TensorFlow Serving; {@link
 * kerava.saving.LoadedModel} runs any SavedModel. What is written appears in its place whole or not
 * at all; what is read is refused with a {@link kerava.saving.ModelFormatException} if it is
 * damaged.
 */
@NullMarked
package kerava.saving;

import org.jspecify.annotations.NullMarked;
