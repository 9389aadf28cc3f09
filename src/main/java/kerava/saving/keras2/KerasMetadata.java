package kerava.saving.keras2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kerava.files.Json;
import kerava.files.Limits;
import kerava.files.ModelFormatException;
import kerava.files.SmallFile;
import kerava.saving.format.FileNames;
import kerava.saving.json.JsonText;

/**
 * The file in which Keras 2 describes the objects of a SavedModel: a message SavedMetadata, whose
 * classes TensorFlow Java does not have.
 *
 * @param file the file
 * @param root the JSON of the model itself
 * @param names what Keras calls its objects, by their numbers
 */
record KerasMetadata(Path file, JsonNode root, Map<Integer, String> names) {
  private static final int NODES = 1;
  private static final int NODE_ID = 2;
  private static final int METADATA = 5;
  private static final int ROOT = 0;

  /** Reads the file of a folder. */
  static KerasMetadata read(Path folder) throws IOException {
    Path file = folder.resolve(FileNames.KERAS_METADATA);
    Map<Integer, String> names = new HashMap<>();
    Optional<byte[]> root = Optional.empty();
    try {
      CodedInputStream in = CodedInputStream.newInstance(SmallFile.bytes(file, Limits.FILE_BYTES));
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == tag(NODES, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
          Described object = Described.of(in.readByteArray());
          names.put(object.id, name(file, object));
          root = object.id == ROOT ? Optional.of(object.json.toByteArray()) : root;
        } else {
          in.skipField(tag);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFormatException(file, "expected Keras' description of a model", e);
    }
    JsonNode model =
        root.isPresent()
            ? JsonText.read(file, "object " + ROOT, root.get())
            : MissingNode.getInstance();
    if (!model.isObject()) {
      throw new ModelFormatException(file.toString(), "the description of a model", "none");
    }
    return new KerasMetadata(file, model, Map.copyOf(names));
  }

  private static String name(Path file, Described object) throws ModelFormatException {
    try {
      return Json.text(object.json.toByteArray(), "name");
    } catch (IOException e) {
      throw new ModelFormatException(
          file, "object " + object.id + ": expected JSON, got something else.", e);
    }
  }

  /** An object and its JSON. */
  private record Described(int id, ByteString json) {
    static Described of(byte[] node) throws IOException {
      CodedInputStream in = CodedInputStream.newInstance(node);
      int id = 0;
      ByteString json = ByteString.EMPTY;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == tag(NODE_ID, WireFormat.WIRETYPE_VARINT)) {
          id = in.readInt32();
        } else if (tag == tag(METADATA, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
          json = in.readBytes();
        } else {
          in.skipField(tag);
        }
      }
      return new Described(id, json);
    }
  }

  private static int tag(int field, int type) {
    return field << 3 | type;
  }

  /** What Keras calls an object; empty if it is none of Keras'. */
  String name(int object) {
    return names.getOrDefault(object, "");
  }
}
