package kerava.saving.export;

import java.util.ArrayList;
import java.util.List;
import kerava.Model;
import kerava.config.Quoted;
import kerava.saving.savedmodel.Signature;
import kerava.saving.savedmodel.SignatureTensor;
import org.tensorflow.ndarray.Shape;

/** Commands and programs that send requests to a server of a model. */
final class ServingRequests {
  private final String name;
  private final Model model;

  /**
   * Requests to a model.
   *
   * @param name the name under which it is served
   */
  ServingRequests(String name, Model model) {
    this.name = name;
    this.model = model;
  }

  /** A command for a shell that sends a sample by REST. */
  String rest(Signature signature) {
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
    if (TfExamples.areImages(model)) {
      return """
          curl -X POST %s -d @- <<EOF
          {"signature_name": "%s", "examples": [
            {"%s": {"b64": "$(base64 < pixels.bin | tr -d '\\n')"}}]}
          EOF
          """
          .formatted(url, Classification.EXAMPLES, Classification.BYTES);
    }
    List<String> features = new ArrayList<>();
    List<String> names = TfExamples.names(model);
    for (int i = 0; i < names.size(); i++) {
      long size = TfExamples.sample(model.inputShapes().get(i)).size();
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
  private static String zeros(SignatureTensor value) {
    Shape shape = value.shape();
    String text =
        switch (value.type()) {
          case "float32" -> "0.0";
          case "string" -> "\"\"";
          case "bool" -> "False";
          default -> "0";
        };
    for (int i = shape.numDimensions() - 1; i > 0; i--) {
      text = "[" + text + "]*" + Math.max(1, shape.get(i));
    }
    return text;
  }

  /** A Python program that sends a sample of zeros by gRPC. */
  String grpc(Signature signature) {
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

  /** A Python program that sends an example to be classified. */
  String grpcExamples() {
    String feature =
        TfExamples.areImages(model)
            ? "[\"%s\"].bytes_list.value.append(open(\"pixels.bin\", \"rb\").read())"
                .formatted(Classification.BYTES)
            : "[%s].float_list.value.extend([0.0]*%d)"
                .formatted(
                    Quoted.python(TfExamples.names(model).get(0)),
                    TfExamples.sample(model.inputShapes().get(0)).size());
    return """
        from tensorflow_serving.apis import classification_pb2

        request = classification_pb2.ClassificationRequest()
        request.model_spec.name = "%s"
        request.model_spec.signature_name = "%s"
        example = request.input.example_list.examples.add()
        example.features.feature%s
        print(stub.Classify(request, timeout=10))
        """
        .formatted(name, Classification.EXAMPLES, feature);
  }
}
