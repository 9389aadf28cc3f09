package kerava.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SnakeCaseTest {
  /** The right column is what Keras 3.15 gives. */
  @ParameterizedTest
  @CsvSource({
    "Conv2D, conv2d",
    "DepthwiseConv2D, depthwise_conv2d",
    "Conv2DTranspose, conv2d_transpose",
    "MaxPooling2D, max_pooling2d",
    "GlobalAveragePooling2D, global_average_pooling2d",
    "BatchNormalization, batch_normalization",
    "ZeroPadding2D, zero_padding2d",
    "UpSampling2D, up_sampling2d",
    "ReLU, re_lu",
    "LeakyReLU, leaky_re_lu",
    "PReLU, p_re_lu",
    "ELU, elu",
    "InputLayer, input_layer",
    "RMSprop, rm_sprop",
    "AdamW, adam_w",
    "SGD, sgd",
    "TFSMLayer, tfsm_layer",
    "GlorotUniform, glorot_uniform",
    "Dense, dense",
    "Sequential, sequential"
  })
  void writesClassNamesAsKerasDoes(String className, String expected) {
    assertEquals(expected, SnakeCase.of(className));
  }
}
