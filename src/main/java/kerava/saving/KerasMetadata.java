package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kerava.files.Limits;

/**
 * The file in which Keras 2 describes the objects of a SavedModel: a message SavedMetadata, whose
 * classes TensorFlow Java does not have.
 *
 * @param file the file
 * @param objects the JSON of each object that is Keras', by its number
 */
record KerasMetadata(Path file, Map<Integer, JsonNode> objects) {
  /** Where it stands in the folder. */
  static final String FILE = "keras_metadata.pb";

  private static final int NODES = 1;
  private static final int NODE_ID = 2;
  private static final int METADATA = 5;
  private static final int ROOT = 0;

  /** Reads the file of a folder. */
  static KerasMetadata read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    // A line for the model and one for each layer: together twice what the model alone takes.
    long most = 4L * Limits.current().jsonBytes();
    if (Files.size(file) > most) {
      throw new ModelFormatException(
          file.toString(), "at most " + most + " bytes", String.valueOf(Files.size(file)));
    }
    Map<Integer, JsonNode> objects = new HashMap<>();
    try {
      CodedInputStream in = CodedInputStream.newInstance(Files.readAllBytes(file));
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == tag(NODES, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
          add(file, in.readByteArray(), objects);
        } else {
          in.skipField(tag);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFormatException(file, "expected Keras' description of a model", e);
    }
    KerasMetadata metadata = new KerasMetadata(file, Map.copyOf(objects));
    if (!metadata.root().isObject()) {
      throw new ModelFormatException(file.toString(), "the description of a model", "none");
    }
    return metadata;
  }

  private static void add(Path file, byte[] node, Map<Integer, JsonNode> objects)
      throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(node);
    int id = 0;
    byte[] json = {};
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == tag(NODE_ID, WireFormat.WIRETYPE_VARINT)) {
        id = in.readInt32();
      } else if (tag == tag(METADATA, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
        json = in.readByteArray();
      } else {
        in.skipField(tag);
      }
    }
    objects.put(id, JsonText.read(file, "object " + id, json));
  }

  private static int tag(int field, int type) {
    return field << 3 | type;
  }

  /** The model itself. */
  JsonNode root() {
    return objects.getOrDefault(
        ROOT, com.fasterxml.jackson.databind.node.MissingNode.getInstance());
  }

  /** What Keras calls an object; empty if it is none of Keras'. */
  String name(int object) {
    JsonNode json = objects.get(object);
    return json == null ? "" : json.path("name").asText();
  }
}
