package kerava.saving.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.FingerprintDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/** The numbers by which models are told apart. */
final class FingerprintTest {
  private static final byte[] INDEX = "index".getBytes(StandardCharsets.UTF_8);

  private static MetaGraphDef.Builder meta(String node, String method) {
    MetaGraphDef.Builder meta =
        MetaGraphDef.newBuilder()
            .setGraphDef(GraphDef.newBuilder().addNode(NodeDef.newBuilder().setName(node)))
            .putSignatureDef("serve", SignatureDef.newBuilder().setMethodName(method).build());
    meta.getObjectGraphDefBuilder().addNodesBuilder();
    return meta;
  }

  private static FingerprintDef print(MetaGraphDef.Builder meta, byte[] index) {
    SavedModel model = SavedModel.newBuilder().addMetaGraphs(meta).build();
    return Fingerprint.of(model.toByteArray(), model, index);
  }

  @Test
  void eachPartHasItsOwnNumber() {
    FingerprintDef print = print(meta("a", "m"), INDEX);
    assertEquals(print, print(meta("a", "m"), INDEX));
    FingerprintDef graph = print(meta("b", "m"), INDEX);
    assertNotEquals(print.getGraphDefProgramHash(), graph.getGraphDefProgramHash());
    assertNotEquals(print.getSavedModelChecksum(), graph.getSavedModelChecksum());
    assertEquals(print.getSignatureDefHash(), graph.getSignatureDefHash());
    assertEquals(print.getSavedObjectGraphHash(), graph.getSavedObjectGraphHash());
    FingerprintDef signature = print(meta("a", "n"), INDEX);
    assertEquals(print.getGraphDefProgramHash(), signature.getGraphDefProgramHash());
    assertNotEquals(print.getSignatureDefHash(), signature.getSignatureDefHash());
    FingerprintDef index = print(meta("a", "m"), new byte[] {1});
    assertEquals(print.getSavedModelChecksum(), index.getSavedModelChecksum());
    assertNotEquals(print.getCheckpointHash(), index.getCheckpointHash());
    assertEquals(3, print.getVersion().getProducer());
  }

  @Test
  void aFileFitsItsOwnAlone() {
    byte[] file = {1, 2, 3};
    SavedModel model = SavedModel.newBuilder().addMetaGraphs(meta("a", "m")).build();
    FingerprintDef ours = Fingerprint.of(file, model, INDEX);
    assertTrue(Fingerprint.fits(ours.toByteArray(), file));
    assertFalse(Fingerprint.fits(ours.toByteArray(), new byte[] {1, 2, 4}));
    assertFalse(Fingerprint.fits(ours.toByteArray(), new byte[0]));
    // Others take theirs in other ways.
    FingerprintDef others = ours.toBuilder().clearCheckpointHash().build();
    assertTrue(Fingerprint.fits(others.toByteArray(), new byte[] {1, 2, 4}));
    assertTrue(Fingerprint.fits(new byte[] {-1}, file));
    assertEquals(1, Fingerprint.hashes(List.of(file)).size());
  }
}
