package kerava.graph.cuda;

/**
 * The shared libraries that TensorFlow 2.18 computes with on a GPU. Each stands after those that it
 * needs.
 *
 * @see <a href="https://www.tensorflow.org/install/source#gpu">TensorFlow: tested builds (CUDA
 *     12.5, cuDNN 9.3)</a>
 */
public enum CudaLibrary {
  /** The CUDA runtime. */
  CUDART("libcudart.so.12", "cuda-cudart-12-6"),
  /** Matrix products in lower precisions. */
  CUBLAS_LT("libcublasLt.so.12", "libcublas-12-6"),
  /** Matrix products. */
  CUBLAS("libcublas.so.12", "libcublas-12-6"),
  /** Links code at run time. */
  NV_JIT_LINK("libnvJitLink.so.12", "libnvjitlink-12-6", "libcusparse.so.12"),
  /** Sparse matrices. */
  CUSPARSE("libcusparse.so.12", "libcusparse-12-6"),
  /** Systems of equations. */
  CUSOLVER("libcusolver.so.11", "libcusolver-12-6"),
  /** Fourier transforms. */
  CUFFT("libcufft.so.11", "libcufft-12-6"),
  /** Compiles code at run time. */
  NVRTC("libnvrtc.so.12", "cuda-nvrtc-12-6", "libcudnn_engines_runtime_compiled.so.9"),
  /** The base of cuDNN. */
  CUDNN_GRAPH("libcudnn_graph.so.9", "libcudnn9-cuda-12", "libcudnn.so.9"),
  /** Pooling, normalization, softmax. */
  CUDNN_OPS("libcudnn_ops.so.9", "libcudnn9-cuda-12", "libcudnn.so.9"),
  /** Chooses among ways to compute. */
  CUDNN_HEURISTIC("libcudnn_heuristic.so.9", "libcudnn9-cuda-12", "libcudnn.so.9"),
  /** Compiled convolutions. */
  CUDNN_PRECOMPILED("libcudnn_engines_precompiled.so.9", "libcudnn9-cuda-12", "libcudnn.so.9"),
  /** Convolutions that are compiled at run time. */
  CUDNN_RUNTIME("libcudnn_engines_runtime_compiled.so.9", "libcudnn9-cuda-12", "libcudnn.so.9"),
  /** Convolutions. */
  CUDNN_CNN("libcudnn_cnn.so.9", "libcudnn9-cuda-12", "libcudnn.so.9"),
  /** Recurrent networks and attention. */
  CUDNN_ADV("libcudnn_adv.so.9", "libcudnn9-cuda-12", "libcudnn.so.9"),
  /** cuDNN, the part that TensorFlow calls. */
  CUDNN("libcudnn.so.9", "libcudnn9-cuda-12");

  private static final String TENSORFLOW = "TensorFlow";

  private final String soname;
  private final String systemPackage;
  private final String openedBy;

  CudaLibrary(String soname, String systemPackage) {
    this(soname, systemPackage, TENSORFLOW);
  }

  CudaLibrary(String soname, String systemPackage, String openedBy) {
    this.soname = soname;
    this.systemPackage = systemPackage;
    this.openedBy = openedBy;
  }

  /** The name that it is opened by: {@code libcudart.so.12}. */
  public String soname() {
    return soname;
  }

  /** The package of NVIDIA's repositories for Debian, Ubuntu, Fedora and RHEL that brings it. */
  public String systemPackage() {
    return systemPackage;
  }

  /** {@code TensorFlow}, or the library that opens it in turn. */
  public String openedBy() {
    return openedBy;
  }

  /** Whether TensorFlow itself opens it, and goes without a GPU if it cannot. */
  public boolean openedByTensorFlow() {
    return openedBy.equals(TENSORFLOW);
  }
}
