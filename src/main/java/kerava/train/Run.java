package kerava.train;

import kerava.TrainingView;

/**
 * A training run that begins.
 *
 * @param initialEpoch the first epoch, from 0
 * @param epochs the epoch at which it ends
 * @param steps how many batches an epoch has
 * @param batchSize how many samples a batch has; the last one may have fewer
 * @param view the model in training
 * @param resumed whether it goes on from a backup
 */
public record Run(
    int initialEpoch, int epochs, int steps, int batchSize, TrainingView view, boolean resumed) {}
