package kerava.saving;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kerava.Model;
import kerava.config.Quoted;
import kerava.config.Visible;
import kerava.graph.NativeTensorFlow;
import org.tensorflow.ndarray.Shape;

/** The page beside the versions of a model that says how to serve and to ask it. */
final class ServingGuide {
  /** What the page is called. */
  static final String FILE = "SERVING.md";

  private static final String RUN = "docker run --rm -p 8500:8500 -p 8501:8501";

  private static final Pattern TICKS = Pattern.compile("`+");

  private final String name;
  private final List<ModelSignature> signatures;
  private final Model model;

  private ServingGuide(String name, List<ModelSignature> signatures, Model model) {
    this.name = name;
    this.signatures = signatures;
    this.model = model;
  }

  /** The page for a model of a name. */
  static String of(String name, List<ModelSignature> signatures, Model model) {
    return new ServingGuide(name, signatures, model).page();
  }

  private String page() {
    StringBuilder page = new StringBuilder(start());
    for (ModelSignature signature : signatures) {
      page.append("\n### ").append(signature.name()).append("\n\n").append(table(signature));
      if (signature.inputs().size() == 1) {
        page.append(fence("sh", curl(signature)));
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
  static String command(String name, Path version, long number) {
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

  private static String table(ModelSignature signature) {
    StringBuilder table =
        new StringBuilder("| | name | type | shape |\n| --- | --- | --- | --- |\n");
    rows(table, "in", signature.inputs());
    rows(table, "out", signature.outputs());
    return table.append('\n').toString();
  }

  private static void rows(
      StringBuilder table, String side, Map<String, ModelSignature.Value> values) {
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

  private String curl(ModelSignature signature) {
    String alias = signature.inputs().keySet().iterator().next();
    String server = "http://localhost:8501/v1/models/" + name;
    String url = server + ":predict";
    if (signature.name().equals(Classification.EXAMPLES)) {
      return classified(server + ":classify");
    }
    return switch (alias) {
      case Classification.BYTES -> posted(url, signature.name(), "pixels.bin");
      case Classification.IMAGE -> posted(url, signature.name(), "image.png");
      default ->
          """
          python3 -c 'import json; print(json.dumps({"signature_name": "%s", "instances": [%s]}))' |
            curl -X POST %s -d @-
          """
              .formatted(
                  signature.name(), zeros(signature.inputs().values().iterator().next()), url);
    };
  }

  /** The classify request, which takes the features of examples. */
  private String classified(String url) {
    if (Examples.areImages(model)) {
      return """
          curl -X POST %s -d @- <<EOF
          {"signature_name": "%s", "examples": [
            {"%s": {"b64": "$(base64 < pixels.bin | tr -d '\\n')"}}]}
          EOF
          """
          .formatted(url, Classification.EXAMPLES, Classification.BYTES);
    }
    List<String> features = new ArrayList<>();
    List<String> names = Examples.names(model);
    for (int i = 0; i < names.size(); i++) {
      long size = Examples.sample(model.inputShapes().get(i)).size();
      features.add("%s: [0.0]*%d".formatted(Quoted.python(names.get(i)), size));
    }
    String program =
        "import json; print(json.dumps({\"signature_name\": \"%s\", \"examples\": [{%s}]}))"
            .formatted(Classification.EXAMPLES, String.join(", ", features));
    return "python3 -c %s |\n  curl -X POST %s -d @-\n".formatted(Quoted.shell(program), url);
  }

  private static String posted(String url, String signature, String file) {
    return """
        curl -X POST %s -d @- <<EOF
        {"signature_name": "%s", "instances": [{"b64": "$(base64 < %s | tr -d '\\n')"}]}
        EOF
        """
        .formatted(url, signature, file);
  }

  /** A sample of zeros, as Python writes nested lists. */
  private static String zeros(ModelSignature.Value value) {
    Shape shape = value.shape();
    String text = "0.0";
    for (int i = shape.numDimensions() - 1; i > 0; i--) {
      text = "[" + text + "]*" + Math.max(1, shape.get(i));
    }
    return text;
  }

  private String grpc() {
    return """

        ## Ask it by gRPC

        `pip install tensorflow-serving-api`, then:

        %s%s"""
        .formatted(fence("python", client(signatures.get(signatures.size() - 1))), classifier());
  }

  /** How to send examples; nothing if the model takes none. */
  private String classifier() {
    if (signatures.stream().noneMatch(one -> one.name().equals(Classification.EXAMPLES))) {
      return "";
    }
    String feature =
        Examples.areImages(model)
            ? "[\"%s\"].bytes_list.value.append(open(\"pixels.bin\", \"rb\").read())"
                .formatted(Classification.BYTES)
            : "[%s].float_list.value.extend([0.0]*%d)"
                .formatted(
                    Quoted.python(Examples.names(model).get(0)),
                    Examples.sample(model.inputShapes().get(0)).size());
    String code =
        """
        from tensorflow_serving.apis import classification_pb2

        request = classification_pb2.ClassificationRequest()
        request.model_spec.name = "%s"
        request.model_spec.signature_name = "%s"
        example = request.input.example_list.examples.add()
        example.features.feature%s
        print(stub.Classify(request, timeout=10))
        """
            .formatted(name, Classification.EXAMPLES, feature);
    return "\nWith the same stub, a tf.Example and the classify request:\n\n"
        + fence("python", code);
  }

  private String client(ModelSignature signature) {
    StringBuilder inputs = new StringBuilder();
    signature
        .inputs()
        .forEach(
            (alias, value) ->
                inputs.append(
                    "request.inputs[%s].CopyFrom(tf.make_tensor_proto([%s], tf.%s))\n"
                        .formatted(Quoted.python(alias), zeros(value), value.type())));
    return """
        import grpc
        import tensorflow as tf
        from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

        stub = prediction_service_pb2_grpc.PredictionServiceStub(
            grpc.insecure_channel("localhost:8500"))
        request = predict_pb2.PredictRequest()
        request.model_spec.name = "%s"
        request.model_spec.signature_name = "%s"
        %sprint(stub.Predict(request, timeout=10))
        """
        .formatted(name, signature.name(), inputs);
  }

  private static String fence(String language, String code) {
    return "```" + language + "\n" + code + "```\n";
  }
}
