package kerava.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kerava.interop.Archives;
import kerava.saving.KerasArchive;
import kerava.saving.KerasH5;
import kerava.saving.WeightsFile;

/** Formats of whole models and of weights that Java reads. */
final class ModelKinds {
  private static final String ARCHIVE = "m.keras";

  private ModelKinds() {}

  /**
   * All of them.
   *
   * @param work a folder to make files in
   */
  static List<FuzzKind> all(Path work) throws IOException {
    List<FuzzKind> kinds = new ArrayList<>(archives());
    kinds.add(
        new FuzzKind(
            "old .h5",
            false,
            FuzzKinds.files(
                "m.h5",
                "keras2_nested_legacy_adam.h5",
                "keras2_functional.h5",
                "keras3_nested_end.h5",
                "keras2_adapted.h5",
                "names_in_utf8.h5"),
            FuzzKind.in("m.h5", Damage::hdf5),
            folder -> KerasH5.read(folder.resolve("m.h5")),
            FuzzKind.MODEL));
    kinds.add(weights(work));
    return kinds;
  }

  private static List<FuzzKind> archives() throws IOException {
    List<FuzzInput> seeds =
        FuzzKinds.files(
            ARCHIVE,
            "own_3.8.0.keras",
            "keras3_shared.keras",
            "keras3_nested.keras",
            "keras3_odd.keras",
            "two_inputs/m.keras",
            "keras3_adamw_cosine_ema.keras");
    Map<String, FuzzKind.Bytes> members = new LinkedHashMap<>();
    members.put("config.json", JsonDamage::json);
    members.put("metadata.json", JsonDamage::json);
    members.put("kerava.json", JsonDamage::json);
    members.put("model.weights.h5", Damage::hdf5);
    List<FuzzKind> kinds = new ArrayList<>();
    kinds.add(archive("archive", seeds, FuzzKind.in(ARCHIVE, Damage::bytes)));
    members.forEach(
        (name, bytes) ->
            kinds.add(
                archive(
                    "archive's " + name,
                    seeds,
                    (input, random) -> {
                      byte[] whole = input.files().get(ARCHIVE);
                      return input.with(ARCHIVE, member(whole, name, bytes, random));
                    })));
    return kinds;
  }

  private static FuzzKind archive(String name, List<FuzzInput> seeds, FuzzKind.Change change) {
    return new FuzzKind(
        name,
        false,
        seeds,
        change,
        folder -> KerasArchive.read(folder.resolve(ARCHIVE)),
        FuzzKind.MODEL);
  }

  /** Damages one member, and packs it with a right checksum. */
  private static byte[] member(byte[] archive, String name, FuzzKind.Bytes bytes, Random random)
      throws IOException {
    Path file = Files.createTempFile("fuzz", ".keras");
    try {
      Map<String, byte[]> members =
          new LinkedHashMap<>(Archives.unpack(Files.write(file, archive)));
      byte[] content =
          members.getOrDefault(
              name,
              "{\"classes\": [\"a\", \"b\"]}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      members.put(name, bytes.apply(content, random));
      return Files.readAllBytes(Archives.pack(members, file));
    } finally {
      Files.delete(file);
    }
  }

  private static FuzzKind weights(Path work) throws IOException {
    Path file = work.resolve("w.weights.h5");
    WeightsFile.write(Small.MODEL, Small.weights(1), file);
    List<FuzzInput> seeds =
        new ArrayList<>(
            FuzzKinds.files(
                "w.weights.h5",
                "keras3_nested_end.weights.h5",
                "keras2_nested_weights.h5",
                "two_outputs_dict/m.weights.h5"));
    seeds.add(FuzzInput.of("w.weights.h5", Files.readAllBytes(file)));
    seeds.add(seeds.get(seeds.size() - 1));
    return new FuzzKind(
        "weights",
        false,
        seeds,
        FuzzKind.in("w.weights.h5", Damage::hdf5),
        folder -> {
          Path weights = folder.resolve("w.weights.h5");
          WeightsFile.list(weights);
          WeightsFile.read(Small.MODEL, weights);
        },
        FuzzKind.MODEL);
  }
}
