"""Keras' own networks, in their smallest form and without trained weights."""

import keras
from keras.src.applications import convnext, efficientnet

from . import Case, L, example


def trained(model, d, side, classes=4, scale=255, offset=0):
    # Adam would make of gradients that are nearly zero, as these are in the first layers, steps of
    # any sign.
    optimizer = keras.optimizers.SGD(0.001)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, d.pixels(side, side, 3) * scale + offset, d.whole(classes))


@example
def app_mobilenet_v2(d):
    """All but its head is frozen: its many normalizations, by few images, would amplify rounding."""
    model = keras.applications.MobileNetV2((32, 32, 3), alpha=0.35, weights=None, classes=4)
    for layer in model.layers[:-1]:
        layer.trainable = False
    return trained(model, d, 32, scale=2, offset=-1)


@example
def app_efficientnet(d):
    """Its features alone, narrowed and frozen, behind a head of one's own: transfer learning."""
    base = efficientnet.EfficientNet(
        width_coefficient=0.2,
        depth_coefficient=0.4,
        default_size=32,
        drop_connect_rate=d.rate(0.2),
        include_top=False,
        weights=None,
        input_shape=(32, 32, 3),
    )
    base.trainable = False
    x = keras.Input((32, 32, 3))
    h = L.GlobalAveragePooling2D(name="avg_pool")(base(x, training=False))
    h = L.BatchNormalization()(h)
    model = keras.Model(x, L.Dense(4, activation="softmax", name="pred")(d.dropout(0.2)(h)))
    return trained(model, d, 32)


@example
def app_convnext(d):
    """Blocks of ConvNeXt, with its own classes for layers: `LayerScale`, `StochasticDepth`."""
    model = convnext.ConvNeXt(
        depths=[1, 1, 1, 1],
        projection_dims=[4, 6, 8, 10],
        drop_path_rate=d.rate(0.2),
        weights=None,
        input_shape=(32, 32, 3),
        classes=4,
    )
    return trained(model, d, 32)


@example
def app_mobilenet_v3(d):
    model = keras.applications.MobileNetV3Small(
        (32, 32, 3), alpha=0.35, minimalistic=False, weights=None, classes=4, dropout_rate=d.rate(0.2)
    )
    return trained(model, d, 32)
