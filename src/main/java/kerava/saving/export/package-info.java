/**
 * SavedModels written: the graph and its objects, and what TensorFlow Serving wants beside them.
 */
@NullMarked
package kerava.saving.export;

import org.jspecify.annotations.NullMarked;
