package kerava;

/**
 * A function that may look at all numbers along the last axis, and so is another one where axes are
 * moved.
 */
public interface AlongLastAxis {
  /** Whether it does; else it looks at each number by itself. */
  boolean alongLastAxis();
}
