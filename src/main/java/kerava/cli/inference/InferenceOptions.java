package kerava.cli.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import kerava.cli.options.DeviceConverter;
import kerava.cli.options.PixelOptions;
import kerava.cli.options.SavedModelOptions;
import kerava.cli.terminal.Console;
import kerava.graph.Device;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command predicts with, and how it is opened. */
public final class InferenceOptions {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A model file, or a SavedModel's folder.")
  private Path path = Path.of("");

  @Mixin private PixelOptions pixels = new PixelOptions();

  @Mixin private SavedModelOptions savedModel = new SavedModelOptions();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      converter = DeviceConverter.class,
      description = "auto (the default), cpu, gpu or gpu:N.")
  private Device device = Device.auto();

  /** Checks the options. */
  public void check(Console console) {
    pixels.check(console);
  }

  /** The model file, or the SavedModel's folder. */
  public Path path() {
    return path;
  }

  /** What is asked for of images. */
  public PixelOptions pixels() {
    return pixels;
  }

  /** Where the model computes. */
  public Device device() {
    return device;
  }

  /**
   * Opens the model.
   *
   * @param signature the signature of a SavedModel to call, if not its default one
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if there is no such signature
   */
  public InferenceModel open(Optional<String> signature) throws IOException {
    return InferenceModel.open(path, device, pixels, savedModel.loading(), signature);
  }
}
