package kerava.applications;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A convolution whose outputs, over the patches of some images, are uncorrelated, of mean 0 and of
 * equal variance: the principal components of the patches, the strongest first, and then each of
 * them once more with the other sign, for activations that take one sign away.
 *
 * @param kernel (patch, patch, channels, filters)
 * @param bias (filters)
 */
record Whitening(Array kernel, Array bias) {
  private static final int IMAGES = 2000;

  /** Keeps noise small, as a share of the mean variance of a pixel. */
  private static final double FLOOR = 5e-4;

  static Whitening of(Dataset images, int patch) {
    Patches patches = Patches.of(images.take(IMAGES), patch);
    int size = patches.size();
    DMatrixRMaj covariance = patches.covariance();
    double floor = FLOOR * mean(covariance);
    List<Component> components = components(covariance);
    float[] kernel = new float[size * 2 * size];
    float[] bias = new float[2 * size];
    for (int filter = 0; filter < size; filter++) {
      Component component = components.get(filter);
      double factor = 1 / Math.sqrt(Math.max(component.variance(), 0) + floor);
      for (int place = 0; place < size; place++) {
        double weight = factor * component.direction().get(place);
        kernel[place * 2 * size + filter] = (float) weight;
        kernel[place * 2 * size + size + filter] = (float) -weight;
        bias[filter] -= (float) (weight * patches.means().get(place));
      }
      bias[size + filter] = -bias[filter];
    }
    int channels = size / (patch * patch);
    return new Whitening(
        Array.of(kernel, patch, patch, channels, 2L * size), Array.of(bias, 2L * size));
  }

  private static double mean(DMatrixRMaj covariance) {
    return IntStream.range(0, covariance.numRows).mapToDouble(i -> covariance.get(i, i)).sum()
        / covariance.numRows;
  }

  /** One principal component. */
  private record Component(double variance, DMatrixRMaj direction) {}

  private static List<Component> components(DMatrixRMaj covariance) {
    EigenDecomposition_F64<DMatrixRMaj> solver =
        DecompositionFactory_DDRM.eig(covariance.numRows, true, true);
    if (!solver.decompose(covariance.copy())) {
      throw new IllegalArgumentException(
          "FastNet whitening: expected images with a covariance that has eigenvectors, got "
              + covariance
              + ".");
    }
    return IntStream.range(0, covariance.numRows)
        .mapToObj(i -> new Component(solver.getEigenvalue(i).real, solver.getEigenVector(i)))
        .sorted(Comparator.comparingDouble(Component::variance).reversed())
        .toList();
  }

  /** The two weights of a convolution. */
  Weights weights(String step) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    arrays.put(step + "/kernel", kernel);
    arrays.put(step + "/bias", bias);
    return Weights.of(arrays);
  }
}
