package kerava.reliability;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import kerava.data.Npy;
import kerava.data.RecordFormat;
import kerava.data.TfRecords;
import kerava.data.cifar10.RawFiles;
import kerava.files.RecordFile;
import kerava.graph.Array;
import kerava.interop.Archives;
import kerava.saving.KerasArchive;
import kerava.saving.KerasH5;
import kerava.saving.WeightsFile;
import kerava.train.Backups;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.Example;

/** Formats that Java reads, with small files of each. */
final class FuzzKinds {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");
  private static final String ARCHIVE = "m.keras";

  private FuzzKinds() {}

  /**
   * All of them.
   *
   * @param work a folder to make files in
   */
  static List<FuzzKind> all(Path work) throws IOException {
    Files.createDirectories(work);
    List<FuzzKind> kinds = new ArrayList<>(archives());
    kinds.add(
        new FuzzKind(
            "old .h5",
            false,
            files(
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
    kinds.add(
        new FuzzKind(
            "pickle",
            false,
            List.of(FuzzInput.of("data_batch_1", RawFiles.smallPickle())),
            FuzzKind.in("data_batch_1", FuzzKinds::pickle),
            folder -> RawFiles.readPickle(folder.resolve("data_batch_1")),
            FuzzKind.DATA));
    kinds.add(
        new FuzzKind(
            "cifar binary",
            false,
            List.of(FuzzInput.of("data_batch_1.bin", new byte[3 * 3073])),
            FuzzKind.in("data_batch_1.bin", Damage::bytes),
            folder -> RawFiles.readBinary(whole(folder.resolve("data_batch_1.bin"))),
            FuzzKind.DATA));
    kinds.add(npy(work));
    kinds.add(records(work));
    Path backup = work.resolve("b");
    Backups.write(Small.weights(1), backup);
    kinds.add(
        new FuzzKind(
            "backup",
            false,
            List.of(FuzzInput.of("b", Files.readAllBytes(backup))),
            FuzzKind.in("b", (content, random) -> records(content, random, JsonDamage::json)),
            folder -> Backups.read(folder.resolve("b")),
            List.of(IOException.class)));
    kinds.addAll(NativeKinds.all(work));
    return kinds;
  }

  static List<FuzzInput> files(String as, String... fixtures) throws IOException {
    List<FuzzInput> inputs = new ArrayList<>();
    for (String fixture : fixtures) {
      inputs.add(FuzzInput.of(as, Files.readAllBytes(FIXTURES.resolve(fixture))));
    }
    return inputs;
  }

  private static List<FuzzKind> archives() throws IOException {
    List<FuzzInput> seeds =
        files(
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
            files(
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

  /** Instructions of a pickle in any order, or the bytes of a right one. */
  private static byte[] pickle(byte[] content, Random random) {
    if (random.nextInt(3) > 0) {
      return Damage.bytes(content, random);
    }
    String[] words = {
      "]",
      ")",
      "}",
      "(",
      "t",
      "l",
      "d",
      "a",
      "e",
      "s",
      "u",
      "0",
      "2",
      "N",
      "\u0085",
      "\u0086",
      "\u0087",
      "K\u0001",
      "h\u0000",
      "q\u0000",
      "h\u0001",
      "q\u0001",
      "R",
      "b",
      "U\u0004data",
      "I99999999\n",
      "X\u00ff\u00ff\u00ff\u007f",
      "cnumpy\nndarray\n",
      "\u0094",
      "\u0081"
    };
    StringBuilder text = new StringBuilder("\u0080\u0002");
    String[] few = {words[random.nextInt(words.length)], words[random.nextInt(words.length)]};
    for (int i = random.nextInt(200); i >= 0; i--) {
      text.append(
          random.nextInt(3) == 0
              ? few[random.nextInt(few.length)]
              : words[random.nextInt(words.length)]);
    }
    return (text + ".").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  // Another size is refused at once; one in ten is repeated until it has the right one.
  private static Path whole(Path file) throws IOException {
    byte[] some = Files.readAllBytes(file);
    if (some.length != 3 * 3073 || java.util.Arrays.hashCode(some) % 10 != 0) {
      return file;
    }
    try (java.io.OutputStream out = Files.newOutputStream(file)) {
      for (int records = 0; records < 10_000; records += 2) {
        out.write(some, 0, 2 * 3073);
      }
    }
    return file;
  }

  private static FuzzKind npy(Path work) throws IOException {
    List<FuzzInput> seeds = new ArrayList<>();
    Path file = work.resolve("a.npy");
    for (Array array :
        List.of(
            Array.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
            Array.of(new int[] {1, 2, 3}, 3),
            Array.of(new byte[] {1, 2}, 1, 2, 1))) {
      Npy.write(file, array);
      seeds.add(FuzzInput.of("a.npy", Files.readAllBytes(file)));
    }
    return new FuzzKind(
        "npy",
        false,
        seeds,
        FuzzKind.in("a.npy", Damage::bytes),
        folder -> Npy.read(folder.resolve("a.npy")),
        FuzzKind.DATA);
  }

  private static FuzzKind records(Path work) throws IOException {
    Path file = work.resolve("a.tfrecord");
    TfRecords.write(
        kerava.data.Dataset.of(
            Array.of(new float[24], 6, 4), Array.of(new int[] {0, 1, 2, 0, 1, 2}, 6)),
        file);
    return new FuzzKind(
        "records",
        false,
        List.of(FuzzInput.of("a.tfrecord", Files.readAllBytes(file))),
        FuzzKind.in("a.tfrecord", FuzzKinds::examples),
        folder ->
            TfRecords.open(List.of(folder.resolve("a.tfrecord")), RecordFormat.floats(Shape.of(4)))
                .inputs(),
        FuzzKind.DATA);
  }

  static byte[] examples(byte[] content, Random random) {
    return records(
        content, random, (one, r) -> ProtoDamage.message(one, Example.getDescriptor(), r));
  }

  /** Damages one record, most often the first, and gives it a right checksum. */
  static byte[] records(byte[] content, Random random, FuzzKind.Bytes bytes) {
    if (random.nextInt(4) == 0) {
      return Damage.bytes(content, random);
    }
    try {
      Path file = Files.createTempFile("fuzz", ".records");
      try {
        List<byte[]> records = new ArrayList<>(RecordFile.read(Files.write(file, content)));
        if (!records.isEmpty()) {
          int at = random.nextInt(3) == 0 ? random.nextInt(records.size()) : 0;
          records.set(at, bytes.apply(records.get(at), random));
        }
        return RecordFile.of(records);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return Damage.bytes(content, random);
    }
  }

  /** A picture of noise in a format. */
  static byte[] image(String format) throws IOException {
    BufferedImage image = new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < 16 * 12; i++) {
      image.setRGB(i % 16, i / 16, random.nextInt());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  /** Damages a chunk of a PNG file and gives it a right checksum, or any bytes. */
  static byte[] png(byte[] content, Random random) {
    if (random.nextInt(3) == 0) {
      return Damage.bytes(content, random);
    }
    ByteBuffer buffer = ByteBuffer.wrap(content.clone());
    int at = 8;
    while (at + 12 <= content.length) {
      int length = buffer.getInt(at);
      if (length < 0 || at + 12 + length > content.length) {
        break;
      }
      if (length > 0 && random.nextInt(2) == 0) {
        int byteAt = at + 8 + random.nextInt(length);
        buffer.put(byteAt, (byte) Damage.number(random));
        if (length == 13 && random.nextBoolean()) {
          buffer.putInt(at + 8 + 4 * random.nextInt(2), (int) Damage.number(random));
        }
        CRC32 sum = new CRC32();
        sum.update(buffer.array(), at + 4, length + 4);
        buffer.putInt(at + 8 + length, (int) sum.getValue());
        return buffer.array();
      }
      at += 12 + length;
    }
    return Damage.bytes(content, random);
  }
}
