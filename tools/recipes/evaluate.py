"""The accuracy of SavedModels and .keras archives on CIFAR-10's test images, in Python alone: as they
are, and of the mean over each image and its mirror image.

Usage: evaluate.py TEST_BATCH.bin MODEL...
"""

import json
import os
import sys
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

BATCH = 500


def images(path):
    rows = np.fromfile(path, np.uint8).reshape(-1, 3073)
    pixels = rows[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
    return pixels.astype(np.float32), rows[:, 0]


def divisor(model):
    """What the model's first layer gets of pixels, as Kerava wrote it beside the model."""
    if os.path.isdir(model):
        with open(os.path.join(newest(model), "assets.extra", "preprocessing.json"), encoding="utf-8") as file:
            pixels = json.load(file)["pixels"]
    else:
        with zipfile.ZipFile(model) as archive:
            pixels = json.loads(archive.read("kerava.json"))["preprocessing"]["pixels"]
    return {"0..255": 1, "0..1": 255}[pixels]


def newest(folder):
    versions = [name for name in os.listdir(folder) if name.isdigit()]
    return os.path.join(folder, max(versions, key=int)) if versions else folder


def predictor(model):
    if os.path.isdir(model):
        import tensorflow as tf

        loaded = tf.saved_model.load(newest(model))
        function = loaded.signatures["serving_default"]
        (name,) = function.structured_input_signature[1]
        # Keeps the model alive, whose weights the function only borrows.
        return lambda x, keep=loaded: next(iter(function(**{name: tf.constant(x)}).values())).numpy()
    import keras

    return keras.models.load_model(model).predict_on_batch


def answers(predict, x):
    return np.concatenate([predict(np.ascontiguousarray(x[i : i + BATCH])) for i in range(0, len(x), BATCH)])


def accuracy(answers, y):
    return int((answers.argmax(axis=1) == y).sum()) / len(y)


def main():
    x, y = images(sys.argv[1])
    for model in sys.argv[2:]:
        predict = predictor(model)
        scaled = x / divisor(model)
        straight = answers(predict, scaled)
        both = straight + answers(predict, scaled[:, :, ::-1])
        print(
            f'Python  {model:36} {{"accuracy":{accuracy(straight, y)},'
            f'"accuracy_mirrored":{accuracy(both, y)},"images":{len(y)}}}'
        )


if __name__ == "__main__":
    main()
