"""Writes models that tell classes of images apart, and what Keras' evaluate says of them.

Usage: score_models.py FOLDER ANSWER

FOLDER holds two or three classes of 8x8 images. For each model ANSWER gets NAME.keras and, of the
uncompiled ones, the SavedModel NAME; report.json has the loss and the accuracy of each on all
images, divided by 255, with the loss that belongs to its outputs.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
from keras import layers


def body(classes, activation, seed):
    keras.utils.set_random_seed(seed)
    return [
        layers.Conv2D(4, 3, activation="relu"),
        layers.Flatten(),
        layers.Dense(classes, activation=activation, bias_initializer=keras.initializers.RandomNormal(0, 0.5)),
    ]


def sequential(classes, activation, *more, seed=1):
    return keras.Sequential([keras.Input((8, 8, 3)), *body(classes, activation, seed), *more])


def mean_of_two(classes):
    image = keras.Input((8, 8, 3))
    ends = [sequential(classes, "softmax", seed=seed)(image) for seed in (1, 2)]
    return keras.Model(image, layers.Average()(ends))


def pooled(classes, activation):
    keras.utils.set_random_seed(3)
    return keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            layers.Conv2D(classes, 3, activation=activation),
            layers.GlobalAveragePooling2D(),
        ]
    )


def models(classes):
    categorical = keras.losses.SparseCategoricalCrossentropy
    binary = keras.losses.BinaryCrossentropy
    yield "softmax", sequential(classes, "softmax"), categorical(), "accuracy"
    yield "softmax_layer", sequential(classes, None, layers.Softmax()), categorical(), "accuracy"
    yield "softmax_then_dropout", sequential(classes, "softmax", layers.Dropout(0.5), layers.Reshape((classes,))), categorical(), "accuracy"
    yield "logits", sequential(classes, None), categorical(from_logits=True), "accuracy"
    yield "logits_linear", sequential(classes, None, layers.Activation("linear")), categorical(from_logits=True), "accuracy"
    yield "log_softmax", sequential(classes, "log_softmax"), categorical(from_logits=True), "accuracy"
    yield "mean_of_two", mean_of_two(classes), categorical(), "accuracy"
    yield "pooled_logits", pooled(classes, None), categorical(from_logits=True), "accuracy"
    yield "pooled_softmax", pooled(classes, "softmax"), categorical(), "accuracy"
    yield "normalized_logits", sequential(classes, None, layers.BatchNormalization()), categorical(from_logits=True), "accuracy"
    if classes == 2:
        middle = keras.metrics.BinaryAccuracy(threshold=0, name="accuracy")
        yield "sigmoid", sequential(1, "sigmoid"), binary(), "accuracy"
        yield "sigmoid_layer", sequential(1, None, layers.Activation("sigmoid")), binary(), "accuracy"
        yield "logit", sequential(1, None), binary(from_logits=True), middle


def compiled(classes):
    yield "one_hot", sequential(classes, "softmax"), keras.losses.CategoricalCrossentropy(label_smoothing=0.1), "categorical"
    yield "one_hot_logits", sequential(classes, None), keras.losses.CategoricalCrossentropy(from_logits=True), "categorical"
    yield "several_sigmoids", sequential(classes, "sigmoid"), keras.losses.BinaryCrossentropy(), "categorical"
    yield "squares", sequential(classes, "softmax"), keras.losses.MeanSquaredError(), "categorical"
    if classes == 2:
        yield "compiled_sigmoid", sequential(1, "sigmoid"), keras.losses.BinaryCrossentropy(label_smoothing=0.2), "binary"
        yield "compiled_logit", sequential(1, None), keras.losses.BinaryCrossentropy(from_logits=True), "binary"
        yield "compiled_squares", sequential(1, "sigmoid"), keras.losses.MeanSquaredError(), "binary"


def images(folder, mode):
    data = keras.utils.image_dataset_from_directory(
        folder, label_mode=mode, image_size=(8, 8), batch_size=None, shuffle=False, verbose=False
    )
    return data.map(lambda image, label: (image / 255.0, label)).batch(32)


def main(folder, answer):
    classes = sum(os.path.isdir(os.path.join(folder, name)) for name in os.listdir(folder))
    report = {}
    for name, model, loss, accuracy in models(classes):
        model.save(os.path.join(answer, name + ".keras"))
        model.export(os.path.join(answer, name), verbose=False)
        model.compile(loss=loss, metrics=[accuracy])
        report[name] = model.evaluate(
            images(folder, "binary" if name.startswith("sigmoid") or name == "logit" else "int"), verbose=0
        )
    for name, model, loss, mode in compiled(classes):
        model.compile(optimizer="sgd", loss=loss, metrics=["accuracy"])
        model.save(os.path.join(answer, name + ".keras"))
        report[name] = model.evaluate(images(folder, mode), verbose=0)
    with open(os.path.join(answer, "report.json"), "w", encoding="utf-8") as file:
        json.dump(report, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
