package kerava.layers.preprocessing;

import static kerava.layers.preprocessing.LookupArguments.HAS_INPUT_VOCABULARY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.config.Config;
import kerava.graph.Array;

/** Vocabularies out of files, read as TensorFlow reads them: one term a line, in UTF-8. */
final class VocabularyFile {
  private VocabularyFile() {}

  /**
   * The arguments of a lookup with the terms of a file, which stands beside them in Keras' files.
   */
  static Config read(TermKind kind, Config config, Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r", "");
    String[] lines = text.split("\n", -1);
    int count = lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
    List<Object> terms = new ArrayList<>(TermLookup.special(kind, config));
    if (terms.stream().anyMatch(Optional.empty()::equals)) {
      throw kind.refuse("vocabulary", "an oov_token where it comes out of a file", "none");
    }
    for (String line : Arrays.copyOf(lines, count)) {
      if (line.isEmpty()) {
        throw kind.refuse("vocabulary", "no empty line in " + file, "one");
      }
      terms.add(kind.type() == Array.Type.STRING ? line : number(kind, line));
    }
    return config
        .with(HAS_INPUT_VOCABULARY, false)
        .with(kind.vocabulary(), Optional.of(Terms.array(kind.type(), terms)));
  }

  private static Object number(TermKind kind, String line) {
    try {
      return Long.valueOf(line.strip());
    } catch (NumberFormatException e) {
      throw kind.refuse("vocabulary", "one whole number a line", "\"" + line + "\"");
    }
  }
}
