package kerava.layers;

import java.util.List;
import kerava.Layer;
import kerava.config.Schema;

/** The layers that a model file may name. */
public final class LayerSchemas {
  private static final List<Schema<? extends Layer>> ALL =
      List.of(
          Activation.SCHEMA,
          Add.SCHEMA,
          Average.SCHEMA,
          AveragePooling2D.SCHEMA,
          Concatenate.SCHEMA,
          Conv2D.SCHEMA,
          Dense.SCHEMA,
          Dropout.SCHEMA,
          Flatten.SCHEMA,
          GlobalAveragePooling2D.SCHEMA,
          GlobalMaxPooling2D.SCHEMA,
          MaxPooling2D.SCHEMA,
          Maximum.SCHEMA,
          Minimum.SCHEMA,
          Multiply.SCHEMA,
          ReLU.SCHEMA,
          Rescaling.SCHEMA,
          Softmax.SCHEMA,
          Subtract.SCHEMA);

  private LayerSchemas() {}

  /** All of them, by name. */
  public static List<Schema<? extends Layer>> all() {
    return ALL;
  }
}
