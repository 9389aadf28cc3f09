package kerava.saving.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kerava.graph.Array;
import kerava.images.Scaling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** Pieces of an export: the counter of training, constants, and samples of requests. */
final class GraphPiecesTest {
  private static NodeDef node(String name, String op, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs)).build();
  }

  @Test
  void theLastArgumentBecomesARandomNumber() {
    FunctionDef.Builder function =
        FunctionDef.newBuilder().putArgAttr(1, FunctionDef.ArgAttrs.getDefaultInstance());
    function.getSignatureBuilder().addInputArgBuilder().setName("w");
    function.getSignatureBuilder().addInputArgBuilder().setName("step");
    function
        .addNodeDef(node("read", "ReadVariableOp", "w"))
        .addNodeDef(node("count", "ReadVariableOp", "step"))
        .addNodeDef(node("sum", "AddV2", "read:value:0", "count:value:0", "^count"));
    FunctionDef replaced = RandomCounter.replace(function.build());
    assertTrue(replaced.getSignature().getIsStateful());
    assertEquals(1, replaced.getSignature().getInputArgCount());
    assertEquals("w", replaced.getSignature().getInputArg(0).getName());
    assertFalse(replaced.containsArgAttr(1));
    assertEquals(
        List.of("Const", "Const", "Const", "ReadVariableOp", "RandomUniformInt", "AddV2"),
        replaced.getNodeDefList().stream().map(NodeDef::getOp).toList());
    NodeDef drawn = replaced.getNodeDef(4);
    assertEquals("count", drawn.getName());
    assertEquals(
        replaced.getNodeDefList().subList(0, 3).stream()
            .map(constant -> constant.getName() + ":output:0")
            .toList(),
        drawn.getInputList());
    assertEquals(DataType.DT_INT64, drawn.getAttrOrThrow("Tout").getType());
    TensorProto shape = replaced.getNodeDef(0).getAttrOrThrow("value").getTensor();
    assertEquals(DataType.DT_INT32, shape.getDtype());
    assertEquals(0, shape.getTensorShape().getDim(0).getSize());
    assertEquals(0, shape.getInt64ValCount());
    TensorProto least = replaced.getNodeDef(1).getAttrOrThrow("value").getTensor();
    TensorProto limit = replaced.getNodeDef(2).getAttrOrThrow("value").getTensor();
    assertEquals(List.of(0L), least.getInt64ValList());
    assertEquals(List.of(1L << 62), limit.getInt64ValList());
    assertEquals(
        List.of("read:value:0", "count:output:0", "^count"), replaced.getNodeDef(5).getInputList());
  }

  private static NodeDef constant(TensorProto.Builder tensor) {
    tensor.setDtype(DataType.DT_INT32);
    return NodeDef.newBuilder()
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  @Test
  void constantsInEitherForm() {
    TensorProto.Builder listed = TensorProto.newBuilder().addIntVal(7).addIntVal(-1);
    listed.getTensorShapeBuilder().addDimBuilder().setSize(4);
    assertEquals(List.of(7L, -1L, -1L, -1L), ConstantNodes.ints(constant(listed)));
    TensorProto.Builder packed = TensorProto.newBuilder();
    packed.setTensorContent(
        com.google.protobuf.ByteString.copyFrom(new byte[] {7, 0, 0, 0, -1, -1, -1, -1}));
    assertEquals(List.of(7L, -1L), ConstantNodes.ints(constant(packed)));
  }

  @ParameterizedTest
  @CsvSource({
    "3, true",
    "1, true",
    "4, true",
    "2, false",
    "5, false",
    "0, false",
  })
  void imagesHaveAsManyChannelsAsFilesHave(long channels, boolean images) {
    assertEquals(images, TfExamples.isImage(Shape.of(-1, 1, 1, channels)));
    assertFalse(TfExamples.isImage(Shape.of(-1, 1, channels)));
    assertFalse(TfExamples.isImage(Shape.of(-1, -1, 1, channels)));
    assertFalse(TfExamples.isImage(Shape.of(-1, 0, 1, channels)));
  }

  @Test
  void samplesOfRequests() {
    Array batch = Array.of(new float[] {0, 0.5f, 1, 2, -1, 0.25f}, 3, 1, 2, 1);
    Array pixels = RequestSamples.pixels(batch, Scaling.UNIT);
    assertArrayEquals(new byte[] {0, (byte) 128, (byte) 255, (byte) 255, 0, 64}, pixels.bytes());
    List<byte[]> samples = RequestSamples.bytes(pixels);
    assertEquals(3, samples.size());
    assertArrayEquals(new byte[] {(byte) 255, (byte) 255}, samples.get(1));
    Array first = RequestSamples.first(batch, 2);
    assertEquals(Array.of(new float[] {0, 0.5f, 1, 2}, 2, 1, 2, 1), first);
    assertEquals(batch, RequestSamples.floats(batch, Scaling.UNIT));
    assertEquals(
        Array.of(new float[] {0, 1}, 1, 2),
        RequestSamples.floats(Array.of(new byte[] {0, (byte) 255}, 1, 2), Scaling.UNIT));
    for (byte[] png : RequestSamples.png(pixels)) {
      assertEquals("PNG", new String(png, 1, 3, java.nio.charset.StandardCharsets.US_ASCII));
    }
    assertEquals(3, RequestSamples.png(pixels).size());
  }
}
