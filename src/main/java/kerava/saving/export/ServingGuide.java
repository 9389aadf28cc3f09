package kerava.saving.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kerava.Model;
import kerava.config.Quoted;
import kerava.config.Visible;
import kerava.graph.NativeTensorFlow;
import kerava.saving.savedmodel.Signature;
import kerava.saving.savedmodel.SignatureTensor;

/** The page beside the versions of a model that says how to serve it and to send it requests. */
public final class ServingGuide {
  /** What the page is called. */
  public static final String FILE = "SERVING.md";

  private static final String RUN = "docker run --rm -p 8500:8500 -p 8501:8501";

  private static final Pattern TICKS = Pattern.compile("`+");

  private final String name;
  private final List<Signature> signatures;
  private final ServingRequests requests;

  private ServingGuide(String name, List<Signature> signatures, Model model) {
    this.name = name;
    this.signatures = signatures;
    this.requests = new ServingRequests(name, model);
  }

  /** The name under which a server would serve what stands in a folder. */
  static String name(Path base) {
    Path name = base.toAbsolutePath().normalize().getFileName();
    return name == null ? "model" : name.toString().replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  /** The page for a model of a name. */
  static String of(String name, List<Signature> signatures, Model model) {
    return new ServingGuide(name, signatures, model).page();
  }

  private String page() {
    StringBuilder page = new StringBuilder(start());
    for (Signature signature : signatures) {
      page.append("\n### ").append(signature.name()).append("\n\n").append(table(signature));
      if (signature.inputs().size() == 1) {
        page.append(fence("sh", requests.rest(signature)));
      }
    }
    return page.append(grpc()).toString();
  }

  private String start() {
    return """
        # Serving %s

        Written with the model; all commands are run in the folder of this file. Each folder with a
        number is a version; TensorFlow Serving takes the highest one, and takes up a new one while
        it runs.

        ## Start a server

        %s
        Port 8501 speaks REST, 8500 gRPC. Is it ready? What does it take?

        %s
        ## Ask it by REST

        Whoever trusts sizes to bytes rather than to JSON numbers sends base64: a picture becomes
        4 KB rather than 40.
        """
        .formatted(name, fence("sh", docker()), fence("sh", status()));
  }

  private String docker() {
    return """
        %1$s \\
          -v "$PWD:/models/%2$s" -e MODEL_NAME=%2$s \\
          %3$s
        """
        .formatted(RUN, name, image());
  }

  /** The server that is as old as the TensorFlow that wrote the model. */
  private static String image() {
    return "tensorflow/serving:" + NativeTensorFlow.version();
  }

  /** The command that serves one version, from whatever folder. */
  public static String command(Path base, long number) {
    Path version = base.toAbsolutePath().normalize().resolve(String.valueOf(number));
    String name = name(base);
    String target = "/models/" + name + "/" + number;
    String source = version.toString();
    // Docker cuts the short form at colons, and the long one at commas and quotes.
    boolean plain = !source.contains(":") && Visible.is(source);
    String quoted = source.replace("\"", "\"\"");
    String mount =
        plain
            ? "-v " + Quoted.shell(source + ":" + target)
            : "--mount " + Quoted.shell("type=bind,\"source=" + quoted + "\",target=" + target);
    return RUN + " " + mount + " -e MODEL_NAME=" + name + " " + image();
  }

  private String status() {
    return "curl http://localhost:8501/v1/models/%1$s\ncurl http://localhost:8501/v1/models/%1$s/metadata\n"
        .formatted(name);
  }

  private static String table(Signature signature) {
    StringBuilder table =
        new StringBuilder("| | name | type | shape |\n| --- | --- | --- | --- |\n");
    rows(table, "in", signature.inputs());
    rows(table, "out", signature.outputs());
    return table.append('\n').toString();
  }

  private static void rows(StringBuilder table, String side, Map<String, SignatureTensor> values) {
    values.forEach(
        (name, value) ->
            table.append(
                "| %s | %s | %s | %s |\n"
                    .formatted(side, code(name), value.type(), value.shape())));
  }

  /** A name as code in a cell of a table: its fence is longer than the ticks in it. */
  private static String code(String name) {
    String text = Visible.of(name).replace("|", "\\|");
    int longest =
        TICKS
            .matcher(text)
            .results()
            .mapToInt(found -> found.end() - found.start())
            .max()
            .orElse(0);
    String fence = "`".repeat(longest + 1);
    String space = text.startsWith("`") || text.endsWith("`") ? " " : "";
    return fence + space + text + space + fence;
  }

  private String grpc() {
    return """

        ## Ask it by gRPC

        `pip install tensorflow-serving-api`, then:

        %s%s"""
        .formatted(
            fence("python", requests.grpc(signatures.get(signatures.size() - 1))), classifier());
  }

  /** How to send examples; nothing if the model takes none. */
  private String classifier() {
    if (signatures.stream().noneMatch(one -> one.name().equals(Classification.EXAMPLES))) {
      return "";
    }
    return "\nWith the same stub, a tf.Example and the classify request:\n\n"
        + fence("python", requests.grpcExamples());
  }

  private static String fence(String language, String code) {
    return "```" + language + "\n" + code + "```\n";
  }
}
