package kerava.train.graph;

import java.util.List;
import kerava.data.Dataset;

/**
 * Some batches of one size.
 *
 * @param data what they are of
 * @param samples the numbers of the samples of each
 * @param given the weights of samples
 */
public record Batches(Dataset data, List<int[]> samples, SampleWeights given) {}
