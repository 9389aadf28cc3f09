package kerava.initializers;

import java.util.List;
import kerava.config.Schema;

/** The initializers that a model file may name. */
public final class InitializerSchemas {
  private static final List<Schema<? extends Initializer>> ALL =
      List.of(
          Constant.SCHEMA,
          GlorotNormal.SCHEMA,
          GlorotUniform.SCHEMA,
          HeNormal.SCHEMA,
          HeUniform.SCHEMA,
          Identity.SCHEMA,
          LecunNormal.SCHEMA,
          LecunUniform.SCHEMA,
          Ones.SCHEMA,
          Orthogonal.SCHEMA,
          RandomNormal.SCHEMA,
          RandomUniform.SCHEMA,
          STFT.SCHEMA,
          TruncatedNormal.SCHEMA,
          VarianceScaling.SCHEMA,
          Zeros.SCHEMA);

  private InitializerSchemas() {}

  /** All of them, by name. */
  public static List<Schema<? extends Initializer>> all() {
    return ALL;
  }
}
