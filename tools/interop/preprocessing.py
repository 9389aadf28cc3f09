"""Makes models that expect pixels in twelve ways, and says what Keras makes of the same image files.

Usage: preprocessing.py (ANYTHING FOLDER)...

FOLDER gets
  pictures/train/... pictures/test/...   image files of three classes, of many sizes
  NAME.keras or NAME/                    a model a form; a folder is a SavedModel
  NAME.npy                               its outputs for the test files, in the order of Keras' listing
  report.json                            {"files": the test files, "forms": [{"name", "file", "options",
                                         "train": Keras' loss on the training files, "test": on the others}]}
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from PIL import Image

SIDE = 32
CLASSES = ["bear", "cat", "dog"]


def pictures(folder, random):
    for part, count in (("train", 6), ("test", 3)):
        for label, name in enumerate(CLASSES):
            inside = os.path.join(folder, part, name)
            os.makedirs(inside)
            for index in range(count):
                height, width = (int(side) for side in random.integers(9, 70, 2))
                if index == 0:
                    height = width = SIDE
                pixels = random.random((height, width, 3)) * 90 + label * 60 + np.linspace(0, 40, width)[None, :, None]
                image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
                image.save(os.path.join(inside, f"{index}.{'png' if index % 2 else 'jpg'}"))


def read(folder, side=SIDE):
    return keras.utils.image_dataset_from_directory(
        folder, image_size=(side, side), batch_size=4, shuffle=False, verbose=False)


def network(*front):
    return keras.Sequential([
        keras.Input((SIDE, SIDE, 3)), *front, layers.Conv2D(4, 3, activation="relu"), layers.MaxPooling2D(3),
        layers.Flatten(), layers.Dense(3, activation="softmax", kernel_initializer=keras.initializers.RandomNormal(0, 0.2))])


def plain(random, reach):
    """A network whose weights suit pixels that reach so far from 0."""
    model = network()
    model.layers[0].set_weights([random.normal(0, 0.4 / reach, (3, 3, 3, 4)), np.zeros(4)])
    return model


def forms(random, folder):
    """(name, model, options, what is done to pixels outside of the model)"""
    mode = keras.applications.imagenet_utils.preprocess_input
    same = lambda x: x
    yield "none", plain(random, 255), ["--pixels", "0..255"], same
    yield "divided", plain(random, 1), [], lambda x: x / 255
    yield "rescaling", network(layers.Rescaling(1 / 127.5, -1)), [], same
    yield "nested", network(keras.Sequential([layers.Rescaling(1 / 255)], name="scaling")), [], same
    augmentation = keras.Sequential([layers.RandomFlip("horizontal"), layers.RandomRotation(0.1)], name="augmentation")
    yield "behind_augmentation", network(augmentation, layers.GaussianNoise(0.5), layers.Dropout(0.1),
                                         layers.Rescaling(1 / 255)), [], same
    normalization = layers.Normalization()
    normalization.adapt(np.stack([image for image, _ in read(os.path.join(folder, "train")).unbatch().as_numpy_iterator()]))
    yield "normalization", network(normalization), [], same
    for name, reach in (("tf", 3), ("torch", 3), ("caffe", 128)):
        yield name, plain(random, reach), ["--pixels", name], lambda x, name=name: mode(x, mode=name)
    inputs = keras.Input((SIDE, SIDE, 3))
    scaled = (inputs / 127.5) - 1.0
    yield "operations", keras.Model(inputs, network()(scaled)), [], same
    whole = keras.Input((SIDE, SIDE, 3), dtype="uint8")
    yield "whole_numbers", keras.Model(whole, network()(layers.Rescaling(1 / 255)(whole))), [], same


def check_forms(folder, random, report):
    train, test = (read(os.path.join(folder, "pictures", part)) for part in ("train", "test"))
    for name, model, options, outside in forms(random, os.path.join(folder, "pictures")):
        write(folder, report, (name, model, options, outside), (train, test))
    if os.environ.get("KERAVA_EFFICIENTNET") == "1":
        model = keras.applications.EfficientNetB0(weights=None, input_shape=(SIDE, SIDE, 3), classes=3)
        write(folder, report, ("efficientnet", model, [], lambda x: x), (train, test))


def write(folder, report, form, parts):
    name, model, options, outside = form
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    losses = [model.evaluate(part.map(lambda x, y: (outside(x), y)), verbose=0)[0] for part in parts]
    np.save(os.path.join(folder, name + ".npy"), model.predict(parts[1].map(lambda x, y: outside(x)), verbose=0))
    model.save(os.path.join(folder, name + ".keras"))
    report.append({"name": name, "file": name + ".keras", "options": options, "train": losses[0], "test": losses[1],
                   "random": name in ("behind_augmentation", "efficientnet"),
                   # Training moves the averages of batch normalization at any rate.
                   "moves": name == "efficientnet"})


def serve(folder, name, model, function, taken):
    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint("serve", function, input_signature=[taken])
    archive.write_out(os.path.join(folder, name), verbose=False)


def exports():
    """Models whose graphs hold arithmetic that scales pixels, or that does not: (name, model, what is done outside)"""
    inputs = keras.Input((SIDE, SIDE, 3))
    caffe = keras.applications.vgg16.preprocess_input(inputs) / 64
    yield "exported_caffe", keras.Model(inputs, network()(caffe)), lambda x: x
    grey = keras.ops.dot(inputs, np.array([[0.3], [0.6], [0.1]], "float32"))
    yield "exported_grey", keras.Model(inputs, network()(keras.ops.concatenate([grey / 255] * 3, -1))), lambda x: x
    for layer in (layers.BatchNormalization(), layers.LayerNormalization(), layers.PReLU()):
        yield "exported_" + layer.name, network(layer), lambda x: x / 255
    skip = layers.Add()([inputs, layers.Conv2D(3, 3, padding="same")(inputs)])
    yield "exported_skip", keras.Model(inputs, network()(skip)), lambda x: x / 255


def check_savedmodels(folder, report):
    """A signature that takes bytes of pixels, one that takes files, and Keras' export of a model that rescales."""
    test = read(os.path.join(folder, "pictures", "test"))
    labels = np.concatenate([y for _, y in test.as_numpy_iterator()])
    model = keras.models.load_model(os.path.join(folder, "rescaling.keras"))
    model.export(os.path.join(folder, "exported"), verbose=False)
    serve(folder, "bytes", model, lambda x: model(tf.cast(x, tf.float32)), tf.TensorSpec([None, SIDE, SIDE, 3], tf.uint8))

    def decode(file):
        return tf.image.resize(tf.image.decode_image(file, channels=3, expand_animations=False), (SIDE, SIDE))

    def decoded(files):
        return model(tf.map_fn(decode, files, fn_output_signature=tf.TensorSpec([SIDE, SIDE, 3], tf.float32)))

    serve(folder, "files", model, decoded, tf.TensorSpec([None], tf.string))
    rows = {"exported": (model, lambda x: x), "files": (model, lambda x: x),
            "bytes": (model, lambda x: tf.cast(tf.cast(x, tf.uint8), tf.float32))}
    for name, other, outside in exports():
        other.export(os.path.join(folder, name), verbose=False)
        rows[name] = (other, outside)
    for name, (asked, outside) in rows.items():
        scores = np.concatenate([asked.predict(outside(x), verbose=0) for x, _ in test])
        np.save(os.path.join(folder, name + ".npy"), scores)
        loss = keras.losses.SparseCategoricalCrossentropy()(labels, scores)
        report.append({"name": name, "file": name, "options": [], "test": float(loss)})


def check(folder):
    random = np.random.default_rng(4)
    keras.utils.set_random_seed(4)
    pictures(os.path.join(folder, "pictures"), random)
    report = []
    check_forms(folder, random, report)
    check_savedmodels(folder, report)
    files = read(os.path.join(folder, "pictures", "test")).file_paths
    with open(os.path.join(folder, "report.json"), "w") as file:
        json.dump({"files": [os.path.relpath(path, folder) for path in files], "forms": report}, file)


if __name__ == "__main__":
    for i in range(1, len(sys.argv), 2):
        check(sys.argv[i + 1])
