package kerava.train;

import kerava.CompileSettings;
import kerava.DTypePolicy;
import kerava.Model;
import kerava.Optimizer;
import kerava.config.Visible;
import kerava.optimizers.LossScaleOptimizer;
import kerava.train.graph.BatchTransforms;
import kerava.train.graph.TrainingGraph;

/**
 * A model's training graph in a session, and what it was built with.
 *
 * @param settings as they were given, or with an optimizer that scales the loss
 * @param options replicas chosen
 * @param session runs the graph
 */
record Compiled(CompileSettings settings, TrainerOptions options, TrainingSession session) {
  /**
   * Builds the training graph of a model.
   *
   * @throws IllegalArgumentException if the model cannot be trained with these
   */
  static Compiled of(Model model, CompileSettings settings, TrainerOptions options) {
    if (model.trainableWeights().isEmpty()) {
      throw new IllegalArgumentException(
          Visible.of(
              "Trainer: expected a model with weights to train, got none in \""
                  + model.name()
                  + "\". Are all layers frozen?"));
    }
    BatchTransforms.require(model, settings, options.transforms());
    GradientFactor.require(options.gradientFactors(), model.trainableWeights());
    TrainingGraph.How how = options.how(model);
    CompileSettings scaled = scaled(settings, model);
    TrainerOptions chosen = options.withReplicas(how.strategy().replicas());
    TrainingSession session = TrainingSession.start(chosen.seed(), model, scaled, how);
    return new Compiled(scaled, chosen, session);
  }

  /** As in Keras, small gradients of float16 are saved from becoming zero without being asked. */
  private static CompileSettings scaled(CompileSettings settings, Model model) {
    Optimizer optimizer = settings.optimizer();
    boolean asIs =
        !model.policies().contains(DTypePolicy.MIXED_FLOAT16)
            || optimizer.lossScaling().isPresent()
            || optimizer.config().get(Optimizer.LOSS_SCALE_FACTOR).isPresent();
    return asIs ? settings : settings.withOptimizer(LossScaleOptimizer.of(optimizer));
  }
}
