"""Takes an exported model through other programs and compares what they answer with Java's answers.

Usage: references.py VERSION_FOLDER FOLDER

FOLDER holds x.npy, float32 images, and expected.npy, what Java predicts for them. It gets
report.json: for each reference {"apart": largest difference of a probability, "same": how many images
have the same best class, "images": of how many, "versions": {...}}, or {"missing": what is not
installed}, or {"failed": why}. Each reference runs in a process of its own, so that none breaks another.
tools/requirements-references.txt lists what they need; tensorflowjs also needs Node with @tensorflow/tfjs,
in the folder that NODE_PATH names.
"""

import importlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from unittest import mock

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np

TFJS = """
const tf = require('@tensorflow/tfjs');
const fs = require('fs');
const [folder, inputs, outputs, ...shape] = process.argv.slice(2);
const json = JSON.parse(fs.readFileSync(folder + '/model.json'));
const group = json.weightsManifest;
const bytes = Buffer.concat(group.flatMap(g => g.paths).map(p => fs.readFileSync(folder + '/' + p)));
const weights = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
// TensorFlow.js has the shape of EnsureShape as an input, TensorFlow as an attribute (tfjs 4.22.0);
// the model has no other use for it than to refuse wrong images.
for (const node of json.modelTopology.node) if (node.op === "EnsureShape") node.op = "Identity";
const handler = {load: async () => ({
  modelTopology: json.modelTopology, format: json.format, signature: json.signature,
  weightSpecs: group.flatMap(g => g.weights), weightData: weights})};
(async () => {
  await tf.setBackend('cpu');
  const raw = fs.readFileSync(inputs);
  const floats = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
  const model = await tf.loadGraphModel(handler);
  const answer = model.predict(tf.tensor(floats, shape.map(Number)));
  fs.writeFileSync(outputs, Buffer.from((await answer.data()).buffer));
  console.log(tf.version.tfjs);
})().catch(error => { console.error(error); process.exit(1); });
"""


class Missing(Exception):
    """Something that a reference check needs is not installed."""


def need(module):
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise Missing(f"{module}: {error}") from error


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError("\n".join(done.stderr.strip().splitlines()[-3:]))
    return done.stdout.strip()


def tf_keras(model, x, folder):
    tf_keras = need("tf_keras")
    loaded = tf_keras.models.load_model(model, compile=False)
    inputs = tf_keras.Input(x.shape[1:])
    wrapped = tf_keras.Model(inputs, tf_keras.layers.Lambda(lambda images: loaded(images))(inputs))
    return wrapped.predict(x, verbose=0)


def onnx(model, x, folder):
    need("tf2onnx")
    runtime = need("onnxruntime")
    file = os.path.join(folder, "model.onnx")
    run(sys.executable, "-m", "tf2onnx.convert", "--saved-model", model, "--output", file)
    session = runtime.InferenceSession(file, providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: x})[0]


def openvino(model, x, folder):
    ov = need("openvino")
    # Else the plug-in may compute in half precision where the processor can.
    compiled = ov.compile_model(ov.convert_model(model), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return compiled(x)[0]


def litert(model, x, folder):
    interpreter = need("ai_edge_litert.interpreter")
    tf = need("tensorflow")
    converted = tf.lite.TFLiteConverter.from_saved_model(model).convert()
    lite = interpreter.Interpreter(model_content=converted)
    place = lite.get_input_details()[0]["index"]
    lite.resize_tensor_input(place, x.shape)
    lite.allocate_tensors()
    lite.set_tensor(place, x)
    lite.invoke()
    return lite.get_tensor(lite.get_output_details()[0]["index"])


def tensorflowjs(model, x, folder):
    need("tensorflow")
    for unused in ("tensorflow_decision_forests", "jax", "jax.experimental", "jax.experimental.jax2tf"):
        # The converter asks for them at its start, and for this model never again. There is no build
        # of the first for TensorFlow 2.21.
        stub = sys.modules.setdefault(unused, mock.MagicMock())
        parent, _, name = unused.rpartition(".")
        if parent:
            setattr(sys.modules[parent], name, stub)
    need("tensorflowjs")
    if not shutil.which("node"):
        raise Missing("node: not on the PATH")
    if subprocess.run(["node", "-e", "require('@tensorflow/tfjs')"], capture_output=True).returncode:
        raise Missing("@tensorflow/tfjs: not in NODE_PATH")
    from tensorflowjs.converters import tf_saved_model_conversion_v2 as conversion

    web = os.path.join(folder, "web")
    conversion.convert_tf_saved_model(model, web)
    x.tofile(os.path.join(folder, "x.bin"))
    script = os.path.join(folder, "reference.js")
    with open(script, "w") as file:
        file.write(TFJS)
    answers = os.path.join(folder, "answers.bin")
    run("node", script, web, os.path.join(folder, "x.bin"), answers, *map(str, x.shape))
    return np.fromfile(answers, np.float32).reshape(len(x), -1)


def serving(model, x, folder):
    """What a client sends and a server reads, with the protos of tensorflow-serving-api."""
    predict = need("tensorflow_serving.apis.predict_pb2")
    log = need("tensorflow_serving.apis.prediction_log_pb2")
    tf = need("tensorflow")
    loaded = tf.saved_model.load(model)
    warmup = os.path.join(model, "assets.extra", "tf_serving_warmup_requests")
    asked = 0
    for record in tf.data.TFRecordDataset(warmup):
        answer(loaded, log.PredictionLog.FromString(record.numpy()).predict_log.request, tf)
        asked += 1
    if not asked:
        raise ValueError("expected a warm-up request, got none")
    request = predict.PredictRequest()
    request.model_spec.name = "model"
    request.model_spec.signature_name = "serving_default"
    name = next(iter(loaded.signatures["serving_default"].structured_input_signature[1]))
    request.inputs[name].CopyFrom(tf.make_tensor_proto(x))
    received = predict.PredictRequest.FromString(request.SerializeToString())
    return next(iter(answer(loaded, received, tf).values())).numpy()


def answer(loaded, request, tf):
    signature = loaded.signatures[request.model_spec.signature_name or "serving_default"]
    given = {name: tf.constant(tf.make_ndarray(value)) for name, value in request.inputs.items()}
    return signature(**given)


REFERENCES = {
    "tf-keras": (tf_keras, ["tf-keras", "tensorflow-cpu"]),
    "onnx": (onnx, ["tf2onnx", "onnx", "onnxruntime"]),
    "openvino": (openvino, ["openvino"]),
    "litert": (litert, ["ai-edge-litert", "tensorflow-cpu"]),
    "tensorflowjs": (tensorflowjs, ["tensorflowjs"]),
    "tensorflow-serving-api": (serving, ["tensorflow-serving-api"]),
}


def versions(packages):
    found = {}
    for package in packages:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            pass
    return found


def check(name, model, folder):
    """What one reference says, as a value for report.json."""
    call, packages = REFERENCES[name]
    x = np.load(os.path.join(folder, "x.npy"))
    expected = np.load(os.path.join(folder, "expected.npy"))
    own = os.path.join(folder, name)
    os.makedirs(own, exist_ok=True)
    try:
        answers = np.asarray(call(model, x, own))
    except Missing as error:
        return {"missing": str(error)}
    except Exception as error:
        return {"failed": f"{type(error).__name__}: {error}", "versions": versions(packages)}
    return {
        "apart": float(np.abs(answers - expected).max()),
        "same": int((answers.argmax(1) == expected.argmax(1)).sum()),
        "images": len(x),
        "versions": versions(packages),
    }


def main(model, folder, *names):
    if names:
        with open(os.path.join(folder, names[0] + ".json"), "w") as file:
            json.dump(check(names[0], model, folder), file)
        return
    report = {}
    for name in REFERENCES:
        done = subprocess.run(
            [sys.executable, __file__, model, folder, name], capture_output=True, text=True
        )
        if done.returncode:
            lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
            report[name] = {"failed": lines[-1], "versions": versions(REFERENCES[name][1])}
        else:
            with open(os.path.join(folder, name + ".json")) as file:
                report[name] = json.load(file)
    with open(os.path.join(folder, "report.json"), "w") as file:
        json.dump(report, file, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
