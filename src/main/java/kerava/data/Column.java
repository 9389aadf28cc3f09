package kerava.data;

import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/**
 * What a data set has of each sample: one input of a model, or the labels of one output.
 *
 * @param name which; empty where there is only one, or where they are told apart by their order
 * @param type of the values
 * @param shape of one sample, without the batch dimension; -1 where batches differ
 */
public record Column(String name, Array.Type type, Shape shape) {}
