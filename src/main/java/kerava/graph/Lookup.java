package kerava.graph;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * Rows of a weight that a computation has looked up.
 *
 * @param variable the weight
 * @param indices the numbers of the rows, of any shape
 * @param rows the rows, of the shape of the indices and that of a row
 */
public record Lookup(
    Variable variable, Operand<? extends TNumber> indices, Operand<TFloat32> rows) {}
