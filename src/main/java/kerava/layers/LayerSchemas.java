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
          AdaptiveAveragePooling1D.SCHEMA,
          AdaptiveAveragePooling2D.SCHEMA,
          AdaptiveAveragePooling3D.SCHEMA,
          AdaptiveMaxPooling1D.SCHEMA,
          AdaptiveMaxPooling2D.SCHEMA,
          AdaptiveMaxPooling3D.SCHEMA,
          Add.SCHEMA,
          AlphaDropout.SCHEMA,
          Average.SCHEMA,
          AveragePooling1D.SCHEMA,
          AveragePooling2D.SCHEMA,
          AveragePooling3D.SCHEMA,
          BatchNormalization.SCHEMA,
          CenterCrop.SCHEMA,
          Concatenate.SCHEMA,
          Conv1D.SCHEMA,
          Conv1DTranspose.SCHEMA,
          Conv2D.SCHEMA,
          Conv2DTranspose.SCHEMA,
          Conv3D.SCHEMA,
          Conv3DTranspose.SCHEMA,
          Cropping1D.SCHEMA,
          Cropping2D.SCHEMA,
          Cropping3D.SCHEMA,
          Dense.SCHEMA,
          DepthwiseConv1D.SCHEMA,
          DepthwiseConv2D.SCHEMA,
          Dropout.SCHEMA,
          ELU.SCHEMA,
          Flatten.SCHEMA,
          GaussianDropout.SCHEMA,
          GaussianNoise.SCHEMA,
          GlobalAveragePooling1D.SCHEMA,
          GlobalAveragePooling2D.SCHEMA,
          GlobalAveragePooling3D.SCHEMA,
          GlobalMaxPooling1D.SCHEMA,
          GlobalMaxPooling2D.SCHEMA,
          GlobalMaxPooling3D.SCHEMA,
          GroupNormalization.SCHEMA,
          Identity.SCHEMA,
          LayerNormalization.SCHEMA,
          LeakyReLU.SCHEMA,
          MaxPooling1D.SCHEMA,
          MaxPooling2D.SCHEMA,
          MaxPooling3D.SCHEMA,
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
          SeparableConv1D.SCHEMA,
          SeparableConv2D.SCHEMA,
          Softmax.SCHEMA,
          SpatialDropout1D.SCHEMA,
          SpatialDropout2D.SCHEMA,
          SpatialDropout3D.SCHEMA,
          Subtract.SCHEMA,
          UnitNormalization.SCHEMA,
          UpSampling1D.SCHEMA,
          UpSampling2D.SCHEMA,
          UpSampling3D.SCHEMA,
          ZeroPadding1D.SCHEMA,
          ZeroPadding2D.SCHEMA,
          ZeroPadding3D.SCHEMA);

  private LayerSchemas() {}

  /** All of them, by name. */
  public static List<Schema<? extends Layer>> all() {
    return ALL;
  }
}
