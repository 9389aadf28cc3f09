package kerava;

/**
 * A loss that is multiplied by a number that follows the gradients, so that small ones are not
 * rounded to zero in float16: a step whose gradients are not finite is left out and halves the
 * number, a row of finite ones doubles it.
 *
 * @param inner the optimizer that gets the gradients, divided by the number again
 * @param initialScale the number at first
 * @param growthSteps after how many steps in a row with finite gradients the number is doubled
 */
public record LossScaling(Optimizer inner, double initialScale, int growthSteps) {
  /** What is remembered: the steps with finite gradients since the number last changed. */
  public static final String COUNTER = "step_counter";

  /** What is remembered: the number. */
  public static final String SCALE = "dynamic_scale";
}
