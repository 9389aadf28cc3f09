package kerava.layers;

/** Widths of the borders along the axes between the batch and the channels: two an axis. */
public sealed interface Sides permits Sides1D, Sides2D, Sides3D {
  /** How many axes there are. */
  int axes();

  /**
   * The width of the border where an axis begins.
   *
   * @param axis 0 for the first one behind the batch
   * @throws IndexOutOfBoundsException if there is no such axis
   */
  int before(int axis);

  /**
   * The width of the border where an axis ends.
   *
   * @param axis 0 for the first one behind the batch
   * @throws IndexOutOfBoundsException if there is no such axis
   */
  int after(int axis);
}
