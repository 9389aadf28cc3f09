/**
 * Training, evaluation and prediction.
 *
 * <p>{@link kerava.train.Trainer#compile} builds the training graph of a model once; {@link
 * kerava.train.Trainer#fit} feeds it batch by batch.
 */
@NullMarked
package kerava.train;

import org.jspecify.annotations.NullMarked;
