package kerava.train.callbacks;

import java.util.Optional;

/**
 * What is written for TensorBoard beside the metrics of each epoch.
 *
 * @param histogramFreq after how many epochs histograms of the weights; 0 for none
 * @param updateFreq after how many batches their metrics; 0 for none
 * @param graph whether the graph
 * @param stepsPerSecond whether how fast each epoch was
 * @param pictures images of the data
 */
record TensorBoardOptions(
    int histogramFreq,
    int updateFreq,
    boolean graph,
    boolean stepsPerSecond,
    Optional<SamplePictures> pictures) {
  static TensorBoardOptions defaults() {
    return new TensorBoardOptions(0, 0, true, false, Optional.empty());
  }

  TensorBoardOptions histogramFreq(int epochs) {
    return new TensorBoardOptions(epochs, updateFreq, graph, stepsPerSecond, pictures);
  }

  TensorBoardOptions updateFreq(int batches) {
    return new TensorBoardOptions(histogramFreq, batches, graph, stepsPerSecond, pictures);
  }

  TensorBoardOptions graph(boolean written) {
    return new TensorBoardOptions(histogramFreq, updateFreq, written, stepsPerSecond, pictures);
  }

  TensorBoardOptions withStepsPerSecond() {
    return new TensorBoardOptions(histogramFreq, updateFreq, graph, true, pictures);
  }

  TensorBoardOptions pictures(SamplePictures samples) {
    return new TensorBoardOptions(
        histogramFreq, updateFreq, graph, stepsPerSecond, Optional.of(samples));
  }
}
