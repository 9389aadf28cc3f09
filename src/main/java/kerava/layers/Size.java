package kerava.layers;

/** Whole numbers along the axes between the batch and the channels: one, two or three. */
public sealed interface Size permits Size1D, Size2D, Size3D {
  /** How many axes there are. */
  int axes();

  /**
   * The number along one axis.
   *
   * @param axis 0 for the first one behind the batch
   * @throws IndexOutOfBoundsException if there is no such axis
   */
  int along(int axis);
}
