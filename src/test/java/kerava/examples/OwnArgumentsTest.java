package kerava.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.initializers.Ones;
import kerava.layers.KernelArguments;
import kerava.layers.SeedArgument;
import kerava.regularizers.L2;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** A layer of one's own takes the arguments of Keras' layers by naming their interfaces. */
final class OwnArgumentsTest {
  /** Multiplies each feature by a weight. */
  record Scales(Config config)
      implements UnaryLayer, KernelArguments<Scales>, SeedArgument<Scales> {
    static final Schema<Scales> SCHEMA =
        Layer.schema("Scales", Scales::new, SEED)
            .with(KERNEL.initializer(), KERNEL.regularizer(), KERNEL.constraint());

    @Override
    public Shape outputShape(Inputs inputs) {
      return inputs.single();
    }

    @Override
    public List<WeightSpec> weights(Inputs inputs) {
      return List.of(KERNEL.weight(config, "kernel", Shape.of(inputs.single().get(1))));
    }

    @Override
    public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
      return scope.tf().math.mul(x, scope.weight("kernel"));
    }

    @Override
    public Schema<Scales> schema() {
      return SCHEMA;
    }
  }

  @Test
  void chainsKeepTheirType() {
    Scales first = new Scales(Scales.SCHEMA.config());
    Scales scales = first.kernelInitializer(Ones.of()).seed(3).kernelRegularizer(L2.of(0.5));
    assertNotEquals(first, scales);
    assertEquals(
        "Scales(kernel_initializer=Ones[config=Ones()], seed=3,"
            + " kernel_regularizer=L2[config=L2(l2=0.5)])",
        scales.config().toString());
    WeightSpec kernel = scales.weights(new Inputs("scales", List.of(Shape.of(-1, 4)))).get(0);
    assertEquals(Shape.of(4), kernel.shape());
  }
}
