package kerava.cli.options;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kerava.DTypePolicy;
import kerava.Model;
import kerava.ModelLayer;
import kerava.NamedLayer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The number types of {@code --mixed-precision}. */
public enum MixedPrecision {
  BFLOAT16(DTypePolicy.MIXED_BFLOAT16),
  FLOAT16(DTypePolicy.MIXED_FLOAT16);

  private final DTypePolicy policy;

  MixedPrecision(DTypePolicy policy) {
    this.policy = policy;
  }

  /** The model in that type; layers that give outputs stay float32, as Keras advises. */
  public Model apply(Model model) {
    Set<String> last =
        model.outputs().stream()
            .map(NamedLayer.Origin::layer)
            .filter(name -> !(model.layer(name).layer() instanceof ModelLayer))
            .collect(Collectors.toSet());
    return model.withPolicy(policy, name -> !last.contains(name));
  }

  /** Reads {@code --mixed-precision}. */
  public static final class Converter implements ITypeConverter<MixedPrecision> {
    private static final List<String> KNOWN = List.of("bfloat16", "float16");

    @Override
    public MixedPrecision convert(String value) {
      if (!KNOWN.contains(value)) {
        throw new TypeConversionException(
            "expected bfloat16 or float16, got \"" + value + "\"." + DidYouMean.hint(value, KNOWN));
      }
      return valueOf(value.toUpperCase(Locale.ROOT));
    }
  }
}
