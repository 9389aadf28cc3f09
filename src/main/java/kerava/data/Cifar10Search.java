package kerava.data;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kerava.data.cifar10.Cifar10Archive;
import kerava.data.cifar10.Cifar10Folder;
import kerava.data.download.Download;
import kerava.data.download.FileDigests;
import kerava.files.DatasetException;
import kerava.files.Folders;
import kerava.files.PlaceLock;

/**
 * Where to look for CIFAR-10, and where to download it from if it is nowhere.
 *
 * <p>The places, in this order:
 *
 * <ol>
 *   <li>the folder that the environment variable {@code KERAVA_DATASETS} names;
 *   <li>Kerava's cache: {@code $XDG_CACHE_HOME/kerava/datasets}, or {@code
 *       ~/.cache/kerava/datasets};
 *   <li>Keras' cache: {@code $KERAS_HOME/datasets}, or {@code ~/.keras/datasets}.
 * </ol>
 *
 * <p>In each of them the binary version ({@code cifar-10-batches-bin}) and the Python version
 * ({@code cifar-10-batches-py}) will do. If there is none, the official archive (162 MiB) is
 * downloaded into Kerava's cache; a download that breaks off is taken up again.
 *
 * @param environment the environment variables
 * @param home the user's home folder
 * @param archive where to download from: an archive of the same bytes as the official one
 * @param listener hears how a download goes on
 */
public record Cifar10Search(
    Map<String, String> environment, Path home, URI archive, DownloadListener listener) {
  /** What the CIFAR-10 page states, and what TensorFlow Datasets states. */
  private static final FileDigests SUMS =
      new FileDigests(
          "c32a1d4ab5d03f1284b67883e8d87530",
          "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd");

  private static final URI OFFICIAL =
      URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");

  /** Keeps the environment as it is now. */
  public Cifar10Search {
    environment = Map.copyOf(environment);
  }

  /** The search with this process' environment and home folder, and the official archive. */
  public static Cifar10Search standard() {
    return new Cifar10Search(
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        OFFICIAL,
        (from, bytes, total) -> {});
  }

  /** The same search with somebody who hears how a download goes on. */
  public Cifar10Search withListener(DownloadListener listener) {
    return new Cifar10Search(environment, home, archive, listener);
  }

  /** The same search with another place to download from, such as a mirror nearby; over HTTPS. */
  public Cifar10Search withArchive(URI archive) {
    return new Cifar10Search(environment, home, archive, listener);
  }

  /**
   * Finds or downloads CIFAR-10, and reads it.
   *
   * @throws DatasetException if there is no copy and none can be had, or the copy is damaged
   * @throws IOException if reading or writing fails
   */
  public Cifar10 load() throws IOException {
    return load(SUMS);
  }

  Cifar10 load(FileDigests sums) throws IOException {
    for (Map.Entry<Path, String> place : places().entrySet()) {
      Optional<Cifar10Folder> found = Cifar10Folder.find(place.getKey());
      if (found.isPresent()) {
        return Cifar10.of(
            found.get().read(), "CIFAR-10 from " + place.getValue() + found.get().path());
      }
    }
    return download(sums);
  }

  private Map<Path, String> places() {
    Map<Path, String> places = new LinkedHashMap<>();
    variable("KERAVA_DATASETS").ifPresent(path -> places.put(path, ""));
    places.put(cache(), "Kerava's cache, ");
    places.put(
        variable("KERAS_HOME").orElse(home.resolve(".keras")).resolve("datasets"),
        "Keras' cache, ");
    return places;
  }

  private Path cache() {
    return variable("XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve("kerava/datasets");
  }

  private Optional<Path> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(s -> !s.isBlank()).map(Path::of);
  }

  private Cifar10 download(FileDigests sums) throws IOException {
    Path file = cache().resolve("cifar-10-binary.tar.gz");
    Path folder = cache().resolve(Cifar10Folder.BINARY_NAME);
    Folders.make(cache());
    PlaceLock lock = PlaceLock.file("CIFAR-10", folder);
    try {
      Optional<Cifar10Folder> meanwhile = Cifar10Folder.find(cache());
      if (meanwhile.isPresent()) {
        return Cifar10.of(
            meanwhile.get().read(), "CIFAR-10 from Kerava's cache, " + meanwhile.get().path());
      }
      try {
        return download(sums, file, folder);
      } finally {
        Files.deleteIfExists(file);
      }
    } finally {
      lock.close();
    }
  }

  private Cifar10 download(FileDigests sums, Path file, Path folder) throws IOException {
    try {
      new Download(archive, sums, Download.RetryPolicy.standard(), listener::received).to(file);
      return Cifar10.of(
          Cifar10Archive.unpack(file, folder),
          "CIFAR-10, downloaded from " + archive + " to " + folder);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new DatasetException(
          Path.of("CIFAR-10"),
          ("expected a copy in %s, or to download one, got no connection to %s (%s). Is this"
                  + " machine online? See docs/troubleshooting.md#cifar-10-cannot-be-downloaded.")
              .formatted(
                  places().keySet().stream().map(Path::toString).collect(joining(" or ")),
                  archive.getHost(),
                  reason(e)),
          e);
    }
  }

  private static String reason(IOException e) {
    // The client often leaves the message out and tells more in the causes.
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "no such host";
      }
      if (cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    return "refused";
  }
}
