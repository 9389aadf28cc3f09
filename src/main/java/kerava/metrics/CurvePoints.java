package kerava.metrics;

import java.util.List;

/** The counts of predictions at rising thresholds. */
final class CurvePoints {
  private final double[] tp;
  private final double[] fp;
  private final double[] tn;
  private final double[] fn;

  /**
   * Counts, one a threshold.
   *
   * @param counts true positives, false positives, true negatives, false negatives
   */
  CurvePoints(List<double[]> counts) {
    this.tp = counts.get(0);
    this.fp = counts.get(1);
    this.tn = counts.get(2);
    this.fn = counts.get(3);
  }

  /** How many there are. */
  int size() {
    return tp.length;
  }

  /** The area under the curve of precision over recall, after Davis and Goadrich 2006. */
  double interpolatedPrecisionRecall() {
    double area = 0;
    for (int i = 0; i + 1 < size(); i++) {
      double here = tp[i] + fp[i];
      double next = tp[i + 1] + fp[i + 1];
      double more = tp[i] - tp[i + 1];
      double slope = Ratio.of(more, Math.max(here - next, 0));
      double intercept = tp[i + 1] - slope * next;
      double ratio = here > 0 && next > 0 ? here / next : 1;
      double yes = Math.max(tp[i + 1] + fn[i + 1], 0);
      area += Ratio.of(slope * (more + intercept * Math.log(ratio)), yes);
    }
    return area;
  }

  /** Of those that are yes, how many are above the threshold. */
  double recall(int i) {
    return Ratio.of(tp[i], tp[i] + fn[i]);
  }

  /** Of those above the threshold, how many are yes. */
  double precision(int i) {
    return Ratio.of(tp[i], tp[i] + fp[i]);
  }

  /** Of those that are no, how many are above the threshold. */
  double fallOut(int i) {
    return Ratio.of(fp[i], fp[i] + tn[i]);
  }

  /** How often yes is to no. */
  private double balance(int i) {
    return Ratio.of(tp[i] + fn[i], tn[i] + fp[i]);
  }

  /** Flach and Kull 2015: how much better the recall is than that of always yes; at least 0. */
  double recallGain(int i) {
    return tp[i] == 0 ? 0 : Math.max(0, 1 - balance(i) * Ratio.of(fn[i], tp[i]));
  }

  /** Flach and Kull 2015: how much better the precision is than that of always yes. */
  double precisionGain(int i) {
    return tp[i] == 0 ? 1 : 1 - balance(i) * Ratio.of(fp[i], tp[i]);
  }
}
