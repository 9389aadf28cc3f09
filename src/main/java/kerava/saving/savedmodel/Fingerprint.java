package kerava.saving.savedmodel;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import kerava.graph.Array;
import kerava.graph.Graphs;
import kerava.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.FingerprintDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.VersionDef;
import org.tensorflow.types.TUint8;

/**
 * The file by which TensorFlow tells SavedModels apart.
 *
 * @see <a
 *     href="https://www.tensorflow.org/api_docs/python/tf/saved_model/experimental/Fingerprint">
 *     TensorFlow: Fingerprint</a>
 */
public final class Fingerprint {
  private static final int PRODUCER = 3;
  private static final int UUID = 7;

  private Fingerprint() {}

  /** The fingerprint of a model's file and the index of its variables. */
  public static FingerprintDef of(byte[] file, SavedModel model, byte[] index) {
    MetaGraphDef meta = model.getMetaGraphs(0);
    SignatureDef.Builder all = SignatureDef.newBuilder();
    meta.getSignatureDefMap().keySet().stream()
        .sorted()
        .forEach(name -> all.mergeFrom(meta.getSignatureDefOrThrow(name)));
    List<Long> hashes =
        hashes(
            List.of(
                file,
                Protos.bytes(meta.getGraphDef()),
                Protos.bytes(all.build()),
                Protos.bytes(meta.getObjectGraphDef()),
                index));
    return FingerprintDef.newBuilder()
        .setSavedModelChecksum(hashes.get(0))
        .setGraphDefProgramHash(hashes.get(1))
        .setSignatureDefHash(hashes.get(2))
        .setSavedObjectGraphHash(hashes.get(3))
        .setCheckpointHash(hashes.get(4))
        .setVersion(VersionDef.newBuilder().setProducer(PRODUCER))
        // TensorFlow Java 1.1.0 does not know this field of TensorFlow's.
        .setUnknownFields(uuid(number(hashes.get(0), hashes.get(4))))
        .build();
  }

  /**
   * Whether a model's file is the one that a fingerprint was taken of.
   *
   * @param fingerprint a fingerprint; one that Kerava did not take fits every file, because others
   *     take theirs in other ways
   */
  static boolean fits(byte[] fingerprint, byte[] file) {
    try {
      FingerprintDef print = FingerprintDef.parseFrom(fingerprint);
      long sum = print.getSavedModelChecksum();
      UnknownFieldSet uuid = uuid(number(sum, print.getCheckpointHash()));
      boolean ours = print.getUnknownFields().equals(uuid);
      return !ours || (file.length > 0 && hashes(List.of(file)).get(0) == sum);
    } catch (InvalidProtocolBufferException e) {
      return true;
    }
  }

  private static UnknownFieldSet uuid(String number) {
    UnknownFieldSet.Field field =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFromUtf8(number))
            .build();
    return UnknownFieldSet.newBuilder().addField(UUID, field).build();
  }

  // TensorFlow draws this number at random; the content tells models apart as well.
  private static String number(long high, long low) {
    return new BigInteger(1, ByteBuffer.allocate(16).putLong(high).putLong(low).array()).toString();
  }

  /** TensorFlow's 64-bit hash of some bytes, none of which are empty. */
  static List<Long> hashes(List<byte[]> contents) {
    List<Long> hashes = new ArrayList<>();
    try (Graph graph = Graphs.empty()) {
      Ops tf = Ops.create(graph);
      Operand<TUint8> bytes = tf.placeholder(TUint8.class);
      Operand<TUint8> hash = tf.fingerprint(bytes, tf.constant("farmhash64"));
      try (Session session = Graphs.onHost(graph)) {
        for (byte[] content : contents) {
          try (Tensor tensor = Tensors.of(Array.of(content, 1, content.length));
              Result result = session.runner().feed(bytes, tensor).fetch(hash).run()) {
            byte[] number = Tensors.array(result.get(0)).bytes();
            hashes.add(ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).getLong());
          }
        }
      }
    }
    return hashes;
  }
}
