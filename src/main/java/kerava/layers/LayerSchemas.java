package kerava.layers;

import java.util.List;
import kerava.Layer;
import kerava.config.Schema;

/** The layers that a model file may name. */
public final class LayerSchemas {
  private static final List<Schema<? extends Layer>> ALL =
      List.of(
          Activation.SCHEMA,
          ActivityRegularization.SCHEMA,
          Add.SCHEMA,
          AlphaDropout.SCHEMA,
          Average.SCHEMA,
          AveragePooling2D.SCHEMA,
          BatchNormalization.SCHEMA,
          CenterCrop.SCHEMA,
          Concatenate.SCHEMA,
          Conv2D.SCHEMA,
          Conv2DTranspose.SCHEMA,
          Cropping2D.SCHEMA,
          Dense.SCHEMA,
          DepthwiseConv2D.SCHEMA,
          Dot.SCHEMA,
          Dropout.SCHEMA,
          ELU.SCHEMA,
          Embedding.SCHEMA,
          Flatten.SCHEMA,
          GaussianDropout.SCHEMA,
          GaussianNoise.SCHEMA,
          GlobalAveragePooling2D.SCHEMA,
          GlobalMaxPooling2D.SCHEMA,
          GroupNormalization.SCHEMA,
          Identity.SCHEMA,
          LayerNormalization.SCHEMA,
          LeakyReLU.SCHEMA,
          MaxPooling2D.SCHEMA,
          Maximum.SCHEMA,
          Minimum.SCHEMA,
          Multiply.SCHEMA,
          Normalization.SCHEMA,
          PReLU.SCHEMA,
          Permute.SCHEMA,
          RandomBrightness.SCHEMA,
          RandomContrast.SCHEMA,
          RandomCrop.SCHEMA,
          RandomErasing.SCHEMA,
          RandomFlip.SCHEMA,
          RandomRotation.SCHEMA,
          RandomTranslation.SCHEMA,
          RandomZoom.SCHEMA,
          ReLU.SCHEMA,
          Rescaling.SCHEMA,
          Reshape.SCHEMA,
          Resizing.SCHEMA,
          ReversibleEmbedding.SCHEMA,
          SeparableConv2D.SCHEMA,
          Softmax.SCHEMA,
          SpatialDropout2D.SCHEMA,
          Subtract.SCHEMA,
          UnitNormalization.SCHEMA,
          UpSampling2D.SCHEMA,
          ZeroPadding2D.SCHEMA);

  private LayerSchemas() {}

  /** All of them, by name. */
  public static List<Schema<? extends Layer>> all() {
    return ALL;
  }
}
