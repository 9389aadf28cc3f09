package kerava.layers.attention;

import java.util.List;
import kerava.Layer;
import kerava.config.Schema;

/** The layers of attention that a model file may name. */
public final class AttentionSchemas {
  private static final List<Schema<? extends Layer>> ALL =
      List.of(
          AdditiveAttention.SCHEMA,
          Attention.SCHEMA,
          GroupQueryAttention.SCHEMA,
          MultiHeadAttention.SCHEMA);

  private AttentionSchemas() {}

  /** All of them, by name. */
  public static List<Schema<? extends Layer>> all() {
    return ALL;
  }
}
