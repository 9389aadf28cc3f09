package kerava.initializers;

import org.tensorflow.ndarray.Shape;

/** Which connections of a weight its spread follows from. */
public enum FanMode {
  /** How many inputs one output has. */
  FAN_IN {
    @Override
    double of(Shape shape) {
      return Fans.in(shape);
    }
  },
  /** How many outputs one input has. */
  FAN_OUT {
    @Override
    double of(Shape shape) {
      return Fans.out(shape);
    }
  },
  /** The mean of both. */
  FAN_AVG {
    @Override
    double of(Shape shape) {
      return (Fans.in(shape) + Fans.out(shape)) / 2;
    }
  };

  /** The number of connections of a weight. */
  abstract double of(Shape shape);
}
