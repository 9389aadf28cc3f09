/**
 * What a stranger's SavedModel may make TensorFlow do: its graph is read here, before TensorFlow's
 * native code sees it, and refused where it would touch files, or would end the process.
 *
 * <p>{@link kerava.saving.savedmodel.check.GraphCheck} is the face of it.
 */
@NullMarked
package kerava.saving.savedmodel.check;

import org.jspecify.annotations.NullMarked;
