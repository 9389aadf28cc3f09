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
          AugMix.SCHEMA,
          AutoContrast.SCHEMA,
          Average.SCHEMA,
          AveragePooling2D.SCHEMA,
          BatchNormalization.SCHEMA,
          CenterCrop.SCHEMA,
          Concatenate.SCHEMA,
          ContrastLimitedAdaptiveHistogramEqualization.SCHEMA,
          Conv2D.SCHEMA,
          Conv2DTranspose.SCHEMA,
          Cropping2D.SCHEMA,
          CutMix.SCHEMA,
          Dense.SCHEMA,
          DepthwiseConv2D.SCHEMA,
          Dropout.SCHEMA,
          ELU.SCHEMA,
          Equalization.SCHEMA,
          Flatten.SCHEMA,
          GaussianDropout.SCHEMA,
          GaussianNoise.SCHEMA,
          GlobalAveragePooling2D.SCHEMA,
          GlobalMaxPooling2D.SCHEMA,
          GroupNormalization.SCHEMA,
          Identity.SCHEMA,
          LayerNormalization.SCHEMA,
          LeakyReLU.SCHEMA,
          MaxNumBoundingBoxes.SCHEMA,
          MaxPooling2D.SCHEMA,
          Maximum.SCHEMA,
          MelSpectrogram.SCHEMA,
          Minimum.SCHEMA,
          MixUp.SCHEMA,
          Multiply.SCHEMA,
          Normalization.SCHEMA,
          PReLU.SCHEMA,
          Permute.SCHEMA,
          Pipeline.SCHEMA,
          RandAugment.SCHEMA,
          RandomBrightness.SCHEMA,
          RandomColorDegeneration.SCHEMA,
          RandomColorJitter.SCHEMA,
          RandomContrast.SCHEMA,
          RandomCrop.SCHEMA,
          RandomElasticTransform.SCHEMA,
          RandomErasing.SCHEMA,
          RandomFlip.SCHEMA,
          RandomGaussianBlur.SCHEMA,
          RandomGrayscale.SCHEMA,
          RandomHue.SCHEMA,
          RandomInvert.SCHEMA,
          RandomPerspective.SCHEMA,
          RandomPosterization.SCHEMA,
          RandomRotation.SCHEMA,
          RandomSaturation.SCHEMA,
          RandomSharpness.SCHEMA,
          RandomShear.SCHEMA,
          RandomTranslation.SCHEMA,
          RandomZoom.SCHEMA,
          ReLU.SCHEMA,
          Rescaling.SCHEMA,
          Reshape.SCHEMA,
          Resizing.SCHEMA,
          STFTSpectrogram.SCHEMA,
          SeparableConv2D.SCHEMA,
          Softmax.SCHEMA,
          Solarization.SCHEMA,
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
