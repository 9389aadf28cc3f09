package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Makes each brightness about as frequent as any other within each part of an image, in training
 * and otherwise (CLAHE, Pizer et al. 1987): (batch, height, width, channels) → the same.
 *
 * <p>Each channel is cut into tiles; what a brightness becomes in each of them is interpolated
 * between their middles. No gradient passes through it.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/">Keras: image
 *     augmentation layers</a>
 */
public record ContrastLimitedAdaptiveHistogramEqualization(Config config)
    implements UnaryLayer, ValueRangeArgument<ContrastLimitedAdaptiveHistogramEqualization> {
  private static final Key<Double> CLIP_LIMIT = Key.of("clip_limit", Codec.number(), 4.0);
  private static final Key<Size2D> TILE_GRID_SIZE =
      Key.of("tile_grid_size", Sizes.TWO.atLeast(1), Size2D.of(8));

  /** How the layer is written and read. */
  public static final Schema<ContrastLimitedAdaptiveHistogramEqualization> SCHEMA =
      Layer.schema(
              "ContrastLimitedAdaptiveHistogramEqualization",
              ContrastLimitedAdaptiveHistogramEqualization::new,
              VALUE_RANGE)
          .with(CLIP_LIMIT, TILE_GRID_SIZE, DataFormat.KEY, BoxFormat.KEY);

  /** The layer with Keras' defaults: 8 by 8 tiles, a limit of 4. */
  public static ContrastLimitedAdaptiveHistogramEqualization of() {
    return new ContrastLimitedAdaptiveHistogramEqualization(SCHEMA.config());
  }

  /**
   * The same layer with another limit; 4 by default.
   *
   * @param limit how many times as often as on average a brightness may count; none if not above 0
   */
  public ContrastLimitedAdaptiveHistogramEqualization clipLimit(double limit) {
    return new ContrastLimitedAdaptiveHistogramEqualization(config.with(CLIP_LIMIT, limit));
  }

  /**
   * The same layer with other tiles; 8 rows of 8 by default.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ContrastLimitedAdaptiveHistogramEqualization tiles(int rows, int columns) {
    return new ContrastLimitedAdaptiveHistogramEqualization(
        config.with(TILE_GRID_SIZE, new Size2D(rows, columns)));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if the images' size is not known, or the tiles would lie
   *     beyond the images and their mirror images
   */
  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.image();
    if (x.get(1) == Shape.UNKNOWN_SIZE || x.get(2) == Shape.UNKNOWN_SIZE) {
      throw inputs.refuse("images of a known size", "Does a Resizing belong before it?");
    }
    Tiles tiles = tiles(x);
    Size2D grid = tiles.grid();
    if (tiles.paddedHeight() > 2 * x.get(1) || tiles.paddedWidth() > 2 * x.get(2)) {
      throw inputs.refuse(
          "images of at least half as many pixels as "
              + grid.height()
              + " by "
              + grid.width()
              + " tiles",
          "Are there fewer tiles?");
    }
    return x;
  }

  private Tiles tiles(Shape x) {
    return Tiles.of(x, config.get(TILE_GRID_SIZE));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Range values = config.get(VALUE_RANGE);
    Operand<TFloat32> pixels = values.moved(scope.tf(), x, Range.PIXELS);
    Operand<TFloat32> equal =
        new TileEqualization(scope.tf(), tiles(x.shape()), config.get(CLIP_LIMIT)).build(pixels);
    return Range.PIXELS.moved(scope.tf(), scope.tf().stopGradient(equal), values);
  }

  @Override
  public Schema<ContrastLimitedAdaptiveHistogramEqualization> schema() {
    return SCHEMA;
  }
}
