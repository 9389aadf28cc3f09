package kerava.saving.savedmodel.check;

import static kerava.saving.savedmodel.check.ChangedModel.assertDamaged;
import static kerava.saving.savedmodel.check.ChangedModel.floats;
import static kerava.saving.savedmodel.check.ChangedModel.node;
import static kerava.saving.savedmodel.check.ChangedModel.row;
import static kerava.saving.savedmodel.check.ChangedModel.shape;
import static kerava.saving.savedmodel.check.ChangedModel.type;
import static kerava.saving.savedmodel.check.ChangedModel.with;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;

/** Shapes and constants that must not be given to TensorFlow. */
final class ShapeCheckTest {
  static Stream<Arguments> damaged() throws IOException {
    return Stream.of(
        row(
            "a shape beyond all numbers",
            "a shape of fewer than 2^63 elements",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "n",
                            "Placeholder",
                            List.of(),
                            Map.of(
                                "dtype",
                                type(DataType.DT_FLOAT),
                                "shape",
                                AttrValue.newBuilder()
                                    .setShape(shape(1L << 32, 1L << 32, 0))
                                    .build()))))),
        row(
            "a dimension below -1",
            "dimensions of -1 or more, got -5",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "n",
                            "Placeholder",
                            List.of(),
                            Map.of(
                                "dtype",
                                type(DataType.DT_FLOAT),
                                "shape",
                                AttrValue.newBuilder().setShape(shape(-5)).build()))))),
        row(
            "one number again and again",
            "constants of at most",
            with(graph -> graph.addNode(floats(shape(1L << 40), t -> t.addFloatVal(1))))),
        row(
            "fewer bytes than its shape",
            "a constant of 8 numbers of 4 bytes, got 3 bytes",
            with(
                graph ->
                    graph.addNode(
                        floats(
                            shape(2, 4),
                            t -> t.setTensorContent(ByteString.copyFrom(new byte[3])))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void damaged(String what, String said, MetaGraphDef model) {
    assertDamaged(what, said, model);
  }
}
