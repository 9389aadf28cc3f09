package kerava.saving.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.proto.TensorProto;

/**
 * A request that TensorFlow Serving answers once while it loads a model: a {@code PredictionLog}
 * with a {@code PredictRequest} in it, in the wire format of protocol buffers. TensorFlow Java
 * carries no classes for these messages.
 *
 * @param model the name of the model; the server does not look at it
 * @param signature the signature that is called
 * @param inputs its inputs by name
 */
record WarmupRequest(String model, String signature, Map<String, TensorProto> inputs) {
  private static final int LOG_PREDICT = 6;
  private static final int PREDICT_REQUEST = 1;
  private static final int REQUEST_MODEL = 1;
  private static final int REQUEST_INPUTS = 2;
  private static final int MODEL_NAME = 1;
  private static final int MODEL_SIGNATURE = 3;
  private static final int ENTRY_KEY = 1;
  private static final int ENTRY_VALUE = 2;

  WarmupRequest {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  private interface Body {
    void write(CodedOutputStream out) throws IOException;
  }

  private static ByteString message(Body body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    body.write(out);
    out.flush();
    return ByteString.copyFrom(bytes.toByteArray());
  }

  /** The {@code PredictionLog}. */
  byte[] toBytes() throws IOException {
    ByteString spec =
        message(
            out -> {
              out.writeString(MODEL_NAME, model);
              out.writeString(MODEL_SIGNATURE, signature);
            });
    ByteString request =
        message(
            out -> {
              out.writeBytes(REQUEST_MODEL, spec);
              for (Map.Entry<String, TensorProto> input : inputs.entrySet()) {
                out.writeBytes(REQUEST_INPUTS, entry(input));
              }
            });
    ByteString predict = message(out -> out.writeBytes(PREDICT_REQUEST, request));
    return message(out -> out.writeBytes(LOG_PREDICT, predict)).toByteArray();
  }

  private static ByteString entry(Map.Entry<String, TensorProto> input) throws IOException {
    return message(
        out -> {
          out.writeString(ENTRY_KEY, input.getKey());
          out.writeMessage(ENTRY_VALUE, input.getValue());
        });
  }

  /** Reads a {@code PredictionLog} with a {@code PredictRequest} in it. */
  static WarmupRequest parse(byte[] log) throws IOException {
    ByteString request = field(field(ByteString.copyFrom(log), LOG_PREDICT), PREDICT_REQUEST);
    ByteString spec = field(request, REQUEST_MODEL);
    Map<String, TensorProto> inputs = new LinkedHashMap<>();
    CodedInputStream in = request.newCodedInput();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == REQUEST_INPUTS) {
        ByteString entry = in.readBytes();
        inputs.put(
            field(entry, ENTRY_KEY).toStringUtf8(),
            TensorProto.parseFrom(field(entry, ENTRY_VALUE)));
      } else {
        in.skipField(tag);
      }
    }
    return new WarmupRequest(
        field(spec, MODEL_NAME).toStringUtf8(),
        field(spec, MODEL_SIGNATURE).toStringUtf8(),
        inputs);
  }

  /** The bytes of a message's field; empty if it does not have it. */
  private static ByteString field(ByteString message, int number) throws IOException {
    CodedInputStream in = message.newCodedInput();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == number) {
        return in.readBytes();
      }
      in.skipField(tag);
    }
    return ByteString.EMPTY;
  }
}
