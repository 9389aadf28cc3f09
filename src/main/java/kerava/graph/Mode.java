package kerava.graph;

/** What a forward computation is for. */
public enum Mode {
  /** Training: dropout drops, batch normalization uses and records the batch's statistics. */
  TRAIN,
  /** Inference: evaluation, prediction and export. */
  INFER
}
