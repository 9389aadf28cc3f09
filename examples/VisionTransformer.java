import java.nio.file.Path;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import java.util.List;
import kerava.*;
import kerava.config.*;
import kerava.data.*;
import kerava.graph.Scope;
import kerava.initializers.RandomNormal;
import kerava.layers.*;
import kerava.layers.attention.MultiHeadAttention;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.optimizers.AdamW;
import kerava.saving.*;
import kerava.train.*;

/** A vision transformer (Dosovitskiy et al. 2021): an image is a sequence of patches, which attend to each other. */
public class VisionTransformer {
  static final int WIDTH = 64;

  public static void main(String[] args) throws Exception {
    Split images = args.length > 0 ? Shapes.of(1, Integer.parseInt(args[0]), 200) : Cifar10.load();

    Node image = Input.of(32, 32, 3);
    Node patches = Conv2D.of(WIDTH, 4).strides(4).apply(Rescaling.of(1 / 127.5, -1).apply(image));   // 8 by 8 patches
    Node x = Place.of().apply(Reshape.of(64, WIDTH).apply(patches));
    for (int block = 0; block < 4; block++) {
      Node rested = LayerNormalization.of().apply(x);
      Node seen = Add.of().apply(x, MultiHeadAttention.of(4, WIDTH / 4).dropout(0.1).apply(rested, rested));
      Node wide = Dense.of(2 * WIDTH).activation(ActivationFunction.GELU).apply(LayerNormalization.of().apply(seen));
      x = Add.of().apply(seen, Dropout.of(0.1).apply(Dense.of(WIDTH).apply(wide)));
    }
    Node whole = GlobalAveragePooling1D.of().apply(LayerNormalization.of().apply(x));
    Model model = Model.of(image, Dense.of(10).activation(ActivationFunction.SOFTMAX).apply(whole)).named("vit");
    System.out.println(model.summary());

    try (Trainer trainer = Trainer.compile(model, AdamW.of(0.001), SparseCategoricalCrossentropy.of(), Accuracy.of())) {
      trainer.fit(images.train(), Fit.epochs(args.length > 0 ? 1 : 20).batchSize(128).validation(images.test()));
      System.out.println(trainer.evaluate(images.test()));
      Path file = Path.of("savedmodels/vit.keras");
      KerasArchive.write(StoredModel.of(trainer), file);
      // A file with a layer of our own is read by a registry that knows it.
      System.out.println(KerasArchive.read(file, Registry.standard().with(Layer.class, Place.SCHEMA)).model().name());
    }
  }

  /** Adds to each patch a vector that is learned for its place: a layer of our own. */
  public record Place(Config config) implements UnaryLayer {
    public static final Schema<Place> SCHEMA = Layer.schema("Place", Place::new);

    static Place of() {
      return new Place(SCHEMA.config());
    }

    @Override public Shape outputShape(Inputs inputs) {
      return inputs.single();
    }

    @Override public List<WeightSpec> weights(Inputs inputs) {
      Shape patches = inputs.single();
      return List.of(WeightSpec.trained("places", patches.subShape(1, patches.numDimensions()), RandomNormal.of()));
    }

    @Override public Operand<TFloat32> build(Scope scope, Operand<TFloat32> patches) {
      return scope.tf().math.add(patches, scope.weight("places"));
    }

    @Override public Schema<Place> schema() {
      return SCHEMA;
    }
  }
}
