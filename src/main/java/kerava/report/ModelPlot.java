package kerava.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kerava.Model;
import kerava.files.AtomicFile;

/**
 * A model as a picture: its layers in boxes, a row each, with their names, classes, output shapes
 * and parameters, and lines from each to those that it feeds.
 *
 * <p>A layer with a kernel begins a box, those that follow it alone stand in the same one. Models
 * within the model are drawn in frames. Tall pictures go on in further columns.
 *
 * @see <a href="https://keras.io/api/utils/model_plotting_utils/">Keras: plot_model</a>
 */
public final class ModelPlot {
  private ModelPlot() {}

  /**
   * The picture as an SVG document, which browsers show; layers tell their arguments on a hover.
   */
  public static String svg(Model model) {
    return new PlotDrawing().document(model, PlotLayout.of(PlotGraph.of(model)));
  }

  /**
   * Writes the picture to a file.
   *
   * @throws IOException if the file cannot be written; nothing half written is left behind
   */
  public static void write(Model model, Path file) throws IOException {
    String picture = svg(model);
    AtomicFile.write(file, aside -> Files.writeString(aside, picture));
  }
}
