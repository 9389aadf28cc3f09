/**
 * What TensorFlow needs of an NVIDIA GPU's machine: the driver, CUDA's libraries, the GPU itself.
 *
 * <p>TensorFlow trains on the CPU, and does not say why, where one of them is missing. {@link
 * kerava.graph.cuda.Diagnosis} finds out which; {@link kerava.graph.cuda.MavenCuda} brings the
 * libraries along where the build was asked to.
 */
@NullMarked
package kerava.graph.cuda;

import org.jspecify.annotations.NullMarked;
