package kerava.applications;

import java.util.List;
import kerava.Node;
import kerava.layers.Add;
import kerava.layers.Dropout;

/**
 * Residual stages whose blocks normalize and activate before they convolve, so that what is added
 * up passes through nothing (He et al. 2016).
 *
 * @param blocks how many a stage
 * @param widths the filters of the three stages
 * @param bottleneck whether a block is 1x1, 3x3 and 1x1, four times as wide at its end, instead of
 *     two of 3x3
 * @param dropout the share of numbers that is dropped between the convolutions of a block
 */
record PreActivation(int blocks, List<Integer> widths, boolean bottleneck, double dropout) {
  private static final int FIRST = 16;
  private static final int EXPANSION = 4;

  Node apply(Node image, BuildingBlocks parts) {
    Node x = image.then(parts.convolution(FIRST, 3, 1));
    for (int stage = 0; stage < widths.size(); stage++) {
      for (int block = 0; block < blocks; block++) {
        x = block(x, widths.get(stage), stage > 0 && block == 0 ? 2 : 1, parts);
      }
    }
    return BuildingBlocks.active(x);
  }

  private Node block(Node x, int width, int strides, BuildingBlocks parts) {
    Node active = BuildingBlocks.active(x);
    int filters = bottleneck ? EXPANSION * width : width;
    boolean same = strides == 1 && filters == BuildingBlocks.channels(x);
    Node shortcut = same ? x : active.then(parts.convolution(filters, 1, strides));
    Node main =
        bottleneck ? narrow(active, width, strides, parts) : plain(active, width, strides, parts);
    return Add.of().apply(main, shortcut);
  }

  private Node plain(Node x, int width, int strides, BuildingBlocks parts) {
    Node inner = BuildingBlocks.active(x.then(parts.convolution(width, 3, strides)));
    return dropped(inner).then(parts.convolution(width, 3, 1));
  }

  private Node narrow(Node x, int width, int strides, BuildingBlocks parts) {
    Node first = BuildingBlocks.active(x.then(parts.convolution(width, 1, 1)));
    Node second = BuildingBlocks.active(first.then(parts.convolution(width, 3, strides)));
    return dropped(second).then(parts.convolution(EXPANSION * width, 1, 1));
  }

  private Node dropped(Node x) {
    return dropout == 0 ? x : x.then(Dropout.of(dropout));
  }
}
