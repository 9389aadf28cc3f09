package kerava.train;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A finished batch.
 *
 * @param epoch the epoch it belongs to, from 0
 * @param index which of the epoch, from 0
 * @param count how many the epoch has
 * @param step how many training steps were done before in this run, over all epochs
 * @param current whether the model is as this batch left it; it is ahead where several steps were
 *     made in one run, and this was not the last ({@link Fit#stepsPerExecution})
 * @param loss its own loss
 * @param means the loss and the metrics over the epoch so far; asking costs something, so ask when
 *     needed
 */
public record Batch(
    int epoch,
    int index,
    int count,
    long step,
    boolean current,
    float loss,
    Supplier<Map<String, Double>> means) {}
