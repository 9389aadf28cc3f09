"""Writes the tables that Keras prints of some models, for the Java tests.

    python tools/golden/summaries.py src/test/resources/golden

Needs the versions in tools/requirements.txt. Writes summary_<model>.txt as for a terminal of 80
columns. SummaryTest builds the same models in Java.
"""

import os
import sys

os.environ["COLUMNS"] = "80"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

L = keras.layers


def seed():
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            L.Conv2D(32, 3, activation="relu"),
            L.MaxPooling2D(2),
            L.Conv2D(64, 3, activation="relu"),
            L.MaxPooling2D(2),
            L.Conv2D(64, 3, activation="relu"),
            L.Flatten(),
            L.Dense(64, activation="relu"),
            L.Dense(10, activation="softmax"),
        ]
    )


def residual():
    image = keras.Input((8, 8, 3), name="img")
    x = L.Conv2D(4, 3, padding="same", use_bias=False)(image)
    x = L.BatchNormalization()(x)
    x = L.Activation("relu")(x)
    y = L.Conv2D(4, 3, padding="same")(x)
    y = L.BatchNormalization(name="a_name_that_fits_no_column")(y)
    x = L.Add()([x, y])
    x = L.GlobalAveragePooling2D()(x)
    return keras.Model(image, L.Dense(10, trainable=False)(x), name="residual")


def chain():
    image = keras.Input((8, 8, 3))
    x = L.DepthwiseConv2D(3, name="a_depthwise_convolution_of_long_name")(image)
    x = L.LayerNormalization(name="normalization_with_a_name_of_more_than_thirty_one_letters")(x)
    x = L.Conv2DTranspose(1000, 3, name="up")(x)
    x = L.Reshape((4, 4, 2, 2, 1000))(x)
    return keras.Model(image, L.GaussianNoise(0.5)(x))


def nested():
    inner = keras.Sequential([keras.Input((8, 8, 3)), L.Flatten(), L.Dense(4)], name="backbone")
    left = keras.Input((8, 8, 3), name="left")
    right = keras.Input((8, 8, 3), name="right")
    shared = L.Conv2D(3, 1, name="shared")
    both = L.Concatenate()([inner(shared(left)), inner(shared(right))])
    return keras.Model([left, right], [L.Dense(2, name="few")(both), L.Dense(3, name="more")(both)], name="two")


def weightless():
    return keras.Sequential([keras.Input((None, None, 3)), L.Rescaling(0.5), L.ReLU()], name="r")


def main(folder):
    for make in (seed, residual, chain, nested, weightless):
        keras.utils.clear_session()
        text = []
        make().summary(print_fn=text.append)
        path = os.path.join(folder, f"summary_{make.__name__}.txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write("".join(text))


if __name__ == "__main__":
    main(sys.argv[1])
