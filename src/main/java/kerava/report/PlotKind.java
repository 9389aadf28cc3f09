package kerava.report;

import java.util.Set;

/** What a layer is for, and its colour. */
enum PlotKind {
  INPUT("#5b6472", Set.of("InputLayer")),
  WEIGHTED("#2f6fb7", Set.of("Conv2D", "Conv2DTranspose", "DepthwiseConv2D", "SeparableConv2D")),
  DENSE("#7a4fb0", Set.of("Dense")),
  NORMAL(
      "#2f8f6b",
      Set.of(
          "BatchNormalization",
          "LayerNormalization",
          "GroupNormalization",
          "Normalization",
          "Rescaling")),
  ACTIVE("#d07a1e", Set.of("Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax")),
  MERGED(
      "#b8397a",
      Set.of("Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract")),
  POOLED(
      "#1c8aa0",
      Set.of("MaxPooling2D", "AveragePooling2D", "GlobalAveragePooling2D", "GlobalMaxPooling2D")),
  RANDOM("#8a7a2c", Set.of("Dropout", "SpatialDropout2D", "GaussianNoise")),
  OTHER("#8b94a3", Set.of());

  private final String colour;
  private final Set<String> classes;

  PlotKind(String colour, Set<String> classes) {
    this.colour = colour;
    this.classes = classes;
  }

  static PlotKind of(String className) {
    // Layers of sequences and volumes are for the same as those of images.
    String ofImages = className.replaceFirst("[13]D", "2D").replaceFirst("^Adaptive", "Global");
    for (PlotKind kind : values()) {
      if (kind.classes.contains(ofImages)) {
        return kind;
      }
    }
    return className.startsWith("Random") ? RANDOM : OTHER;
  }

  String colour() {
    return colour;
  }
}
