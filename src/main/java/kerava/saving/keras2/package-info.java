/** The SavedModels that {@code model.save(folder)} of Keras 2 wrote, which hold layers as well. */
@NullMarked
package kerava.saving.keras2;

import org.jspecify.annotations.NullMarked;
