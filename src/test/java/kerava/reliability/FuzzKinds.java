package kerava.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kerava.data.Npy;
import kerava.data.RecordFormat;
import kerava.data.TfRecords;
import kerava.data.cifar10.RawFiles;
import kerava.graph.Array;
import kerava.train.Backups;
import org.tensorflow.ndarray.Shape;

/** Formats that Java reads, with small files of each. */
final class FuzzKinds {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");

  private FuzzKinds() {}

  /**
   * All of them.
   *
   * @param work a folder to make files in
   */
  static List<FuzzKind> all(Path work) throws IOException {
    Files.createDirectories(work);
    List<FuzzKind> kinds = new ArrayList<>(ModelKinds.all(work));
    kinds.add(
        new FuzzKind(
            "pickle",
            false,
            List.of(FuzzInput.of("data_batch_1", RawFiles.smallPickle())),
            FuzzKind.in("data_batch_1", PickleDamage::bytes),
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
            FuzzKind.in(
                "b", (content, random) -> RecordDamage.records(content, random, JsonDamage::json)),
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
        FuzzKind.in("a.tfrecord", RecordDamage::examples),
        folder ->
            TfRecords.open(List.of(folder.resolve("a.tfrecord")), RecordFormat.floats(Shape.of(4)))
                .inputs(),
        FuzzKind.DATA);
  }
}
