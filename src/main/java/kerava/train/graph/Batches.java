package kerava.train.graph;

import java.util.List;

/**
 * Some batches of one size.
 *
 * @param data what they are of
 * @param samples the numbers of the samples of each
 */
public record Batches(BoundData data, List<int[]> samples) {}
