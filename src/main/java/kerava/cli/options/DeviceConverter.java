package kerava.cli.options;

import java.util.List;
import kerava.graph.Device;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --device}. */
public final class DeviceConverter implements ITypeConverter<Device> {
  @Override
  public Device convert(String value) {
    try {
      return Device.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "expected auto, cpu, gpu or gpu:N, got \""
              + value
              + "\"."
              + DidYouMean.hint(value, List.of("auto", "cpu", "gpu")));
    }
  }
}
