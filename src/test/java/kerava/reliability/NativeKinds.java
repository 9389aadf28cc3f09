package kerava.reliability;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import kerava.graph.Array;
import kerava.saving.ExportOptions;
import kerava.saving.LoadedModel;
import kerava.saving.ModelSignature;
import kerava.saving.SavedModels;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.SavedModel;

/** Formats whose content TensorFlow's C++ sees, or decodes. */
final class NativeKinds {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");
  private static final String GRAPH = "saved_model.pb";
  private static final int SMALL = 1 << 16;

  private NativeKinds() {}

  static List<FuzzKind> all(Path work) throws IOException {
    List<FuzzInput> models = new ArrayList<>();
    Path version =
        SavedModels.export(
            Small.MODEL,
            Small.weights(1),
            work.resolve("sm"),
            ExportOptions.defaults().classNames(List.of("a", "b", "c")));
    models.add(FuzzInput.read(version));
    for (String fixture : List.of("tf1", "tf_module", "tf_types", "two_inputs/export")) {
      models.add(FuzzInput.read(FIXTURES.resolve(fixture)));
    }
    List<FuzzInput> keras2 = List.of(FuzzInput.read(FIXTURES.resolve("keras2_nested_savedmodel")));
    List<FuzzKind> kinds =
        new ArrayList<>(
            List.of(
                model(
                    "SavedModel's graph",
                    models,
                    FuzzKind.in(
                        GRAPH, (b, r) -> ProtoDamage.message(b, SavedModel.getDescriptor(), r))),
                model("SavedModel's variables", models, anyOf("variables/", Damage::bytes)),
                model("SavedModel's other files", models, anyOf("assets", NativeKinds::text)),
                new FuzzKind(
                    "SavedModel read",
                    true,
                    List.of(models.get(0)),
                    anyOf("", NativeKinds::text),
                    SavedModels::read,
                    FuzzKind.MODEL),
                new FuzzKind(
                    "Keras 2 folder",
                    true,
                    keras2,
                    FuzzKind.in("keras_metadata.pb", NativeKinds::metadata),
                    SavedModels::read,
                    FuzzKind.MODEL)));
    kinds.addAll(ImageKinds.all(work));
    return kinds;
  }

  private static FuzzKind model(String name, List<FuzzInput> seeds, FuzzKind.Change change) {
    return new FuzzKind(name, true, seeds, change, NativeKinds::call, FuzzKind.MODEL);
  }

  /** Damages one of the files below a folder. */
  static FuzzKind.Change anyOf(String start, FuzzKind.Bytes bytes) {
    return (input, random) -> {
      List<String> names =
          input.files().keySet().stream().filter(n -> n.startsWith(start)).toList();
      if (names.isEmpty()) {
        return input.with("assets/class_names.txt", Damage.bytes(new byte[] {97, 10}, random));
      }
      String name = names.get(random.nextInt(names.size()));
      return input.with(name, bytes.apply(input.files().get(name), random));
    };
  }

  private static byte[] text(byte[] content, Random random) {
    return content.length > 0 && content[0] == '{'
        ? JsonDamage.json(content, random)
        : Damage.bytes(content, random);
  }

  /** Keras 2's list of objects: messages with JSON in them, for which Java has no classes here. */
  private static byte[] metadata(byte[] content, Random random) {
    if (random.nextInt(4) == 0) {
      return Damage.bytes(content, random);
    }
    try {
      UnknownFieldSet.Builder changed = UnknownFieldSet.newBuilder();
      Map<Integer, UnknownFieldSet.Field> fields =
          new TreeMap<>(UnknownFieldSet.parseFrom(content).asMap());
      fields.forEach((number, field) -> changed.addField(number, nodes(field, random)));
      return changed.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      return Damage.bytes(content, random);
    }
  }

  private static UnknownFieldSet.Field nodes(UnknownFieldSet.Field field, Random random) {
    UnknownFieldSet.Field.Builder changed = UnknownFieldSet.Field.newBuilder();
    int chosen = random.nextInt(Math.max(1, field.getLengthDelimitedList().size()));
    for (int i = 0; i < field.getLengthDelimitedList().size(); i++) {
      ByteString one = field.getLengthDelimitedList().get(i);
      changed.addLengthDelimited(i == chosen ? node(one, random) : one);
    }
    return changed.build();
  }

  private static ByteString node(ByteString content, Random random) {
    if (content.startsWith(ByteString.copyFromUtf8("{"))) {
      return ByteString.copyFrom(JsonDamage.json(content.toByteArray(), random));
    }
    try {
      UnknownFieldSet.Builder changed = UnknownFieldSet.newBuilder();
      UnknownFieldSet.parseFrom(content)
          .asMap()
          .forEach(
              (number, field) -> {
                UnknownFieldSet.Field.Builder one = UnknownFieldSet.Field.newBuilder(field);
                if (!field.getLengthDelimitedList().isEmpty()
                    && field
                        .getLengthDelimitedList()
                        .get(0)
                        .startsWith(ByteString.copyFromUtf8("{"))) {
                  one.clear()
                      .addLengthDelimited(node(field.getLengthDelimitedList().get(0), random));
                }
                changed.addField(number, one.build());
              });
      return changed.build().toByteString();
    } catch (InvalidProtocolBufferException e) {
      return ByteString.copyFrom(Damage.bytes(content.toByteArray(), random));
    }
  }

  /** Opens a model and calls its signatures, as far as they take what can be guessed. */
  private static void call(Path folder) throws Exception {
    try (LoadedModel model = LoadedModel.open(folder)) {
      for (ModelSignature signature :
          model.signatures().subList(0, Math.min(3, model.signatures().size()))) {
        if (signature.inputs().isEmpty()) {
          continue;
        }
        model.preprocessing(signature);
        try {
          model.scores();
          call(model, signature);
        } catch (IllegalArgumentException e) {
          if (String.valueOf(e.getMessage()).isBlank()) {
            throw e;
          }
        }
      }
    }
  }

  private static void call(LoadedModel model, ModelSignature signature) throws IOException {
    Map<String, Array> inputs = new HashMap<>();
    for (Map.Entry<String, ModelSignature.Value> input : signature.inputs().entrySet()) {
      if (input.getValue().type().equals("string")) {
        if (signature.inputs().size() == 1) {
          model.call(signature.name(), List.of(ImageDamage.image("png")));
        }
        return;
      }
      long[] shape = shape(input.getValue().shape());
      long size = 1;
      for (long side : shape) {
        size = Math.multiplyExact(size, Math.min(side, SMALL));
        if (size > SMALL) {
          return;
        }
      }
      inputs.put(input.getKey(), zeros(input.getValue().type(), (int) size, shape));
    }
    model.call(signature.name(), inputs);
  }

  private static long[] shape(Shape shape) {
    if (shape.isUnknown()) {
      return new long[] {1};
    }
    long[] sides = shape.asArray();
    for (int i = 0; i < sides.length; i++) {
      sides[i] = sides[i] < 0 ? 1 : sides[i];
    }
    return sides;
  }

  private static Array zeros(String type, int size, long[] shape) {
    return switch (type) {
      case "int32" -> Array.of(new int[size], shape);
      case "int64" -> Array.of(new long[size], shape);
      case "uint8", "bool" -> Array.of(new byte[size], shape);
      default -> Array.of(new float[size], shape);
    };
  }
}
