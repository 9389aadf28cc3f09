package kerava.examples;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import kerava.Kerava;

/**
 * A Maven repository that holds Kerava, too.
 *
 * @param path its folder
 */
record MavenRepository(Path path) {
  /** The local repository that is in use, with Kerava beside what is there. */
  static MavenRepository in(Path folder) throws IOException {
    Path jar = Path.of(classPathEntry("tensorflow-core-api"));
    Path used = jar.resolve("../../../../..").normalize();
    Path repository = Files.createDirectories(folder.resolve("repository"));
    try (Stream<Path> groups = Files.list(used)) {
      for (Path group : groups.toList()) {
        if (!group.endsWith("kerava")) {
          Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
        }
      }
    }
    Path place = repository.resolve("kerava").resolve("kerava").resolve("0.1.0-SNAPSHOT");
    Files.createDirectories(place);
    Files.copy(Path.of("pom.xml"), place.resolve("kerava-0.1.0-SNAPSHOT.pom"));
    pack(place.resolve("kerava-0.1.0-SNAPSHOT.jar"));
    return new MavenRepository(repository);
  }

  /** Takes the links out, so that whoever deletes the folder meets none. */
  void unlink() throws IOException {
    try (Stream<Path> groups = Files.list(path)) {
      for (Path link : groups.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private static String classPathEntry(String part) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.contains(part))
        .findFirst()
        .orElseThrow();
  }

  private static void pack(Path jar) throws IOException {
    Path classes =
        Path.of(Kerava.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> tree = Files.walk(classes)) {
      for (Path path : tree.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        Files.copy(path, out);
      }
    }
  }
}
