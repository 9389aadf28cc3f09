package kerava.layers;

import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Key;

/**
 * How Keras may store a kernel otherwise than as its numbers: in few bits, or with a product of two
 * thin matrices added to it (LoRA, Hu et al. 2021). Kerava has neither and refuses both by name.
 */
final class KernelStorage {
  /** Since Keras 3.13; older versions would refuse the key. */
  static final Key<Optional<String>> QUANTIZATION_CONFIG =
      none(
          "quantization_config",
          "a kernel that is not quantized, since Kerava reads none of those");

  /** The width of LoRA's matrices. */
  static final Key<Optional<String>> LORA_RANK =
      none("lora_rank", "no LoRA, since Kerava has none");

  /** What LoRA's product is scaled by, times the width. */
  static final Key<Optional<String>> LORA_ALPHA =
      none("lora_alpha", "no LoRA, since Kerava has none");

  /** The width of a kernel that is packed four bits a number. */
  static final Key<Optional<String>> GPTQ_COLUMNS =
      none(
          "gptq_unpacked_column_size",
          "a kernel that is not quantized, since Kerava reads none of those");

  private KernelStorage() {}

  private static Key<Optional<String>> none(String name, String expected) {
    Codec<Optional<String>> nothing =
        Codec.of(
            expected,
            value -> NullNode.getInstance(),
            source -> {
              if (!source.node().isNull()) {
                throw source.refuse(expected);
              }
              return Optional.empty();
            });
    return Key.of(name, nothing, Optional.<String>empty()).quiet();
  }
}
