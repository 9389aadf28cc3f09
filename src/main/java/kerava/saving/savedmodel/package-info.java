/** SavedModels read and run: their files, their signatures, their variables, a session on them. */
@NullMarked
package kerava.saving.savedmodel;

import org.jspecify.annotations.NullMarked;
