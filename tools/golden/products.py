"""Writes src/test/resources/golden/products.json.gz: EinsumDense and small layers of weights.

    python tools/golden/products.py src/test/resources/golden
"""

import sys

import keras
from files import write
from keras.src.applications.convnext import LayerScale, StochasticDepth
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer
from layers import C, R, L, run


def equations():
    many = [
        ("ab,bc->ac", 5, {"bias_axes": "c"}, (3, 4)),
        ("abc,cd->abd", (None, 5), {"bias_axes": "d", "activation": "relu"}, (2, 3, 4)),
        ("abc,cd->abd", (3, 5), {"bias_axes": "bd"}, (2, 3, 4)),
        ("abc,cd->adb", (5, None), {"bias_axes": "d"}, (2, 3, 4)),
        ("abc,dc->adb", (5, 3), {}, (2, 3, 4)),
        ("abc,cde->abde", (None, 2, 3), {"bias_axes": "de"}, (2, 3, 4)),
        ("abcd,cde->abe", (None, 6), {"bias_axes": "e"}, (2, 3, 2, 4)),
        ("abc,bd->acd", (None, 5), {"bias_axes": "d"}, (2, 3, 4)),
        ("abc,bcd->abd", (3, 6), {"bias_axes": "bd"}, (2, 3, 4)),
        ("abcd,bdec->abe", (3, 2), {}, (2, 3, 4, 2)),
        ("abc,bc->ab", 3, {}, (2, 3, 4)),
        ("abc,d->abd", (3, 5), {"bias_axes": "b"}, (2, 3, 4)),
        ("...x,xy->...y", 5, {"bias_axes": "y", "activation": "tanh"}, (2, 3, 2, 4)),
        ("...x,xy->...y", 5, {"bias_axes": "y"}, (3, 4)),
        ("...bc,cd->...db", (5, 3), {"bias_axes": "db"}, (2, 2, 3, 4)),
        ("ab...,bc->ac...", 5, {"bias_axes": "c"}, (2, 3, 4, 2)),
        ("abd...,bc->acd...", (5, 4), {"bias_axes": "d"}, (2, 3, 4, 2)),
    ]
    for equation, shape, arguments, inputs in many:
        name = f"einsum_{equation}_{len(arguments)}_{len(inputs)}"
        yield run(name, L.EinsumDense(equation, shape, **arguments), inputs)
    everything = L.EinsumDense(
        "abc,cd->abd", (None, 3), activation="softmax", bias_axes="d",
        kernel_initializer=keras.initializers.HeNormal(seed=3), bias_initializer="ones",
        kernel_regularizer=R.L1L2(0.25, 0.5), bias_regularizer="l2",
        activity_regularizer=R.L1(0.125), kernel_constraint=C.MaxNorm(1.5),
        bias_constraint="non_neg", trainable=False)
    yield run("einsum_everything", everything, (2, 3, 4))


def gates():
    """The activation that halves its axis, in each layer that has one."""
    image = (2, 4, 5, 2)
    yield run("activation_glu", L.Activation("glu"), (3, 8), scale=4)
    yield run("glu_image", L.Activation("glu"), (2, 2, 3, 6))
    yield run("glu_dense", L.Dense(6, "glu"), (3, 4))
    yield run("glu_einsum", L.EinsumDense("ab,bc->ac", 6, "glu"), (3, 4))
    yield run("glu_conv", L.Conv2D(4, 2, activation="glu"), image)
    yield run("glu_transpose", L.Conv2DTranspose(4, 2, activation="glu"), image)
    yield run("glu_depthwise", L.DepthwiseConv2D(2, activation="glu"), image)
    yield run("glu_separable", L.SeparableConv2D(4, 2, activation="glu"), image)


def normalizations():
    yield run("rms", L.RMSNormalization(), (3, 6))
    yield run("rms_axes", L.RMSNormalization(axis=[1, 2], epsilon=0.1), (2, 3, 4))
    yield run("rms_axes_back", L.RMSNormalization(axis=[-1, -2]), (2, 3, 4))
    yield run("rms_odd_axis", L.RMSNormalization(axis=1), (2, 4, 4))


def applications():
    scale = run("layer_scale", LayerScale(0.5, 4), (2, 3, 3, 4))
    for key in ("weights", "grad_weights", "weights_after"):
        # Keras numbers the weight, to which it gives no name.
        scale[key] = {"gamma": value for value in scale[key].values()}
    yield scale
    yield run("stochastic_depth", StochasticDepth(0.25), (2, 3, 4), training=False)
    yield run("custom_scale", CustomScaleLayer(0.17), (2, 3, 4), (2, 3, 4))


if __name__ == "__main__":
    cases = [case for part in (equations, gates, normalizations, applications) for case in part()]
    write(sys.argv[1], "products.json.gz", {"keras": keras.__version__, "cases": cases})
