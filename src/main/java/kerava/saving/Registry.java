package kerava.saving;

import java.util.List;
import kerava.Input;
import kerava.Layer;
import kerava.Loss;
import kerava.Metric;
import kerava.Optimizer;
import kerava.Schedule;
import kerava.config.Catalog;
import kerava.config.Configured;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.constraints.ConstraintSchemas;
import kerava.initializers.Initializer;
import kerava.initializers.InitializerSchemas;
import kerava.layers.LayerSchemas;
import kerava.layers.attention.AttentionSchemas;
import kerava.layers.preprocessing.PreprocessingSchemas;
import kerava.layers.recurrent.RecurrentSchemas;
import kerava.losses.LossSchemas;
import kerava.metrics.MetricSchemas;
import kerava.optimizers.OptimizerSchemas;
import kerava.optimizers.schedules.ScheduleSchemas;
import kerava.regularizers.Regularizer;
import kerava.regularizers.RegularizerSchemas;

/**
 * The classes that model files may name: all of Kerava's, and those that a user adds; immutable.
 *
 * <p>A class of your own needs a {@link Schema}. Its module is the package under which Python
 * registers the same class: a schema of module {@code acme} and class {@code Swish} is Keras' {@code
 * @keras.saving.register_keras_serializable(package="acme") class Swish}.
 *
 * <pre>{@code
 * Registry registry = Registry.standard().with(Layer.class, Swish.SCHEMA);
 * StoredModel model = KerasArchive.read(path, registry);
 * }</pre>
 */
public final class Registry {
  private static final Registry STANDARD =
      new Registry(
          Catalog.empty()
              .with(Layer.class, List.of(Input.SCHEMA))
              .with(Layer.class, LayerSchemas.all())
              .with(Layer.class, AttentionSchemas.all())
              .with(Layer.class, PreprocessingSchemas.all())
              .with(Layer.class, RecurrentSchemas.all())
              .with(Initializer.class, InitializerSchemas.all())
              .with(Regularizer.class, RegularizerSchemas.all())
              .with(Constraint.class, ConstraintSchemas.all())
              .with(Loss.class, LossSchemas.all())
              .with(Metric.class, MetricSchemas.all())
              .with(Optimizer.class, OptimizerSchemas.all())
              .with(Schedule.class, ScheduleSchemas.all()));

  private final Catalog catalog;

  private Registry(Catalog catalog) {
    this.catalog = catalog;
  }

  /** All classes of Kerava. */
  public static Registry standard() {
    return STANDARD;
  }

  /**
   * The same registry with one more class, which replaces an older one of its name.
   *
   * @param kind what the class is: {@code Layer.class}, {@code Initializer.class}, {@code
   *     Loss.class}...
   * @param schema how the class is written and read
   */
  public <K extends Configured> Registry with(Class<K> kind, Schema<? extends K> schema) {
    return new Registry(catalog.with(kind, List.of(schema)));
  }

  Catalog catalog() {
    return catalog;
  }
}
