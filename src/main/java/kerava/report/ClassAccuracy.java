package kerava.report;

/**
 * How often one class was recognised.
 *
 * @param name the name of the class
 * @param right how many of its samples were given to it
 * @param total how many samples it has; may be 0
 */
record ClassAccuracy(String name, int right, int total) {
  /** From 0 to 1; 0 if there are no samples. */
  double share() {
    return total == 0 ? 0 : (double) right / total;
  }
}
