"""Small models of Keras 2 (tf-keras) in each of its file formats, with what they predict.

python tools/golden/keras2_models.py FOLDER [--seed 0] [--random 150] [--formats h5,keras,folder] [--only REGEX]

Needs tf-keras 2.21, tensorflow 2.21, keras 3.15.1 and h5py in one environment. FOLDER gets, for each model, NAME.h5, NAME.keras,
NAME_weights.h5 and the SavedModel NAME/, and predictions.h5 with groups NAME/x and NAME/y: float32, by the names of inputs and outputs.
The attribute `keras3` of a group says what Keras 3.15.1 makes of the .h5 file: "reads" and how far apart its numbers are, or
why it does not read it; where both numbers differ, `y3` has those of Keras 3.
"""

import argparse
import os
import re
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
warnings.filterwarnings("ignore")

import h5py  # noqa: E402
import keras as keras3  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
import tf_keras as keras  # noqa: E402

L = keras.layers
I = keras.initializers
R = keras.regularizers
C = keras.constraints

INITIALIZERS = [
    "zeros", "ones", "glorot_uniform", "glorot_normal", "he_normal", "he_uniform", "lecun_normal", "lecun_uniform",
    "random_normal", "random_uniform", "truncated_normal", "orthogonal", "uniform", "normal",
    I.Constant(0.3), I.RandomNormal(0.1, 0.2, seed=3), I.RandomUniform(-0.1, 0.2), I.TruncatedNormal(0.0, 0.3),
    I.VarianceScaling(2.0, "fan_avg", "uniform"), I.VarianceScaling(1.0, "fan_out", "untruncated_normal", seed=1),
    I.VarianceScaling(0.5, "fan_in", "truncated_normal"), I.HeNormal(seed=4), I.GlorotUniform(seed=2), I.Orthogonal(2.0),
]
REGULARIZERS = [None, "l1", "l2", "l1_l2", R.L1(0.01), R.L2(0.02), R.L1L2(0.01, 0.02), R.OrthogonalRegularizer(0.01)]
CONSTRAINTS = [None, "max_norm", "non_neg", "unit_norm", C.MaxNorm(3, axis=0), C.MinMaxNorm(0.1, 2.0, 0.9, axis=0), C.NonNeg(), C.UnitNorm(0)]
ACTIVATIONS = ["elu", "exponential", "gelu", "linear", "mish", "relu", "selu", "sigmoid", "softmax", "softplus", "softsign",
               "swish", "tanh", None, "hard_sigmoid", tf.nn.relu, tf.nn.relu6, tf.nn.leaky_relu, tf.nn.silu, tf.nn.elu,
               tf.nn.log_softmax, tf.nn.tanh]


def activation_objects():
    return [L.LeakyReLU(0.2), L.ReLU(2.0), L.ELU(0.5), L.Softmax()]


def image_layers():
    """One layer a line: name, a function that makes it."""
    cases = []

    def add(name, make):
        cases.append((f"{name}_{sum(n.rsplit('_', 1)[0] == name for n, _ in cases)}", make))

    for p in ("valid", "same"):
        for s, d in ((1, 1), (2, 1), ((1, 2), 1), (1, 2), (1, (1, 2))):
            for k in (3, (1, 2)):
                add("conv", lambda p=p, s=s, d=d, k=k: L.Conv2D(4, k, s, p, dilation_rate=d, activation="relu"))
            add("depthwise", lambda p=p, s=s, d=d: L.DepthwiseConv2D(
                2, s, p, depth_multiplier=2, dilation_rate=d, activation="tanh"))
            add("separable", lambda p=p, s=s, d=d: L.SeparableConv2D(
                4, 3, s, p, dilation_rate=d, depth_multiplier=2, activation="sigmoid"))
        for s in (1, 2, 3):
            add("transpose", lambda p=p, s=s: L.Conv2DTranspose(4, 3, s, p))
        add("transpose", lambda p=p: L.Conv2DTranspose(4, 3, 2, p, output_padding=1))
        add("transpose", lambda p=p: L.Conv2DTranspose(4, (2, 3), (2, 1), p, use_bias=False))
        for pool in (2, 3, (2, 1)):
            for s in (None, 1, 2):
                add("maxpool", lambda p=p, s=s, pool=pool: L.MaxPooling2D(pool, s, p))
                add("avgpool", lambda p=p, s=s, pool=pool: L.AveragePooling2D(pool, s, p))
    add("conv", lambda: L.Conv2D(4, 1, groups=1, use_bias=False, data_format="channels_last"))
    add("conv", lambda: L.Conv2D(6, 3, groups=3))
    add("conv", lambda: L.Convolution2D(4, [2, 2], strides=[2, 2], activity_regularizer="l2"))
    add("depthwise", lambda: L.DepthwiseConv2D((2, 2), use_bias=False, data_format="channels_last"))
    for i in INITIALIZERS:
        add("init", lambda i=i: L.Conv2D(4, 2, kernel_initializer=i, bias_initializer="zeros"))
        add("init_d", lambda i=i: L.DepthwiseConv2D(2, depthwise_initializer=i))
    for r in REGULARIZERS:
        add("regular", lambda r=r: L.Conv2D(4, 2, kernel_regularizer=r, bias_regularizer=r))
        add("regular_d", lambda r=r: L.DepthwiseConv2D(2, depthwise_regularizer=r))
        add("regular_s", lambda r=r: L.SeparableConv2D(4, 2, depthwise_regularizer=r, pointwise_regularizer=r, bias_regularizer=r))
        add("regular_bn", lambda r=r: L.BatchNormalization(beta_regularizer=r, gamma_regularizer=r))
        add("regular_act", lambda r=r: L.Conv2D(4, 2, activity_regularizer=r))
    for c in CONSTRAINTS:
        add("constraint", lambda c=c: L.Conv2D(4, 2, kernel_constraint=c, bias_constraint="non_neg" if c else None))
        add("constraint_d", lambda c=c: L.DepthwiseConv2D(2, depthwise_constraint=c))
        add("constraint_s", lambda c=c: L.SeparableConv2D(4, 2, depthwise_constraint=c, pointwise_constraint=c))
    for a in ACTIVATIONS:
        add("activation", lambda a=a: L.Activation(a) if a else L.Activation("linear"))
        add("act_conv", lambda a=a: L.Conv2D(4, 2, activation=a))
    for i in range(len(activation_objects())):
        add("act_object", lambda i=i: L.Conv2D(4, 2, activation=activation_objects()[i]))
        add("act_layer", lambda i=i: L.Activation(activation_objects()[i]))
    for alpha in (0.3, 0.1, 0.0, 1):
        add("leaky", lambda alpha=alpha: L.LeakyReLU(alpha))
        add("elu", lambda alpha=alpha: L.ELU(alpha))
    add("leaky", lambda: L.LeakyReLU(alpha=np.float32(0.2)))
    for args in ({}, {"max_value": 1.5}, {"negative_slope": 0.1}, {"threshold": 0.5, "max_value": 2}, {"max_value": 6.0, "negative_slope": 0.2}):
        add("relu", lambda args=args: L.ReLU(**args))
    for args in ({}, {"shared_axes": [1, 2]}, {"shared_axes": 3}, {"alpha_initializer": "uniform", "alpha_regularizer": "l2", "alpha_constraint": "non_neg"}):
        add("prelu", lambda args=args: L.PReLU(**args))
    for axis in (-1, 1, 3):
        add("softmax", lambda axis=axis: L.Softmax(axis))
    for args in ({}, {"axis": 3}, {"axis": [3]}, {"axis": 1}, {"momentum": 0.9, "epsilon": 1e-5}, {"center": False}, {"scale": False},
                 {"center": False, "scale": False}, {"synchronized": False}, {"trainable": False}):
        add("bn", lambda args=args: L.BatchNormalization(**args))
    add("bn_v1", lambda: tf.compat.v1.keras.layers.BatchNormalization(fused=True) if False else L.BatchNormalization(fused=False))
    for args in ({}, {"axis": [1, 2, 3]}, {"axis": 3, "epsilon": 1e-6}, {"axis": (2, 3)}, {"center": False}, {"scale": False}, {"axis": 1}):
        add("ln", lambda args=args: L.LayerNormalization(**args))
    for args in ({"groups": 1}, {"groups": 3}, {"groups": -1}, {"groups": 3, "center": False, "epsilon": 1e-5}, {"groups": 1, "scale": False}):
        add("gn", lambda args=args: L.GroupNormalization(**args))
    for args in ({}, {"axis": None}, {"axis": (1, 3)}, {"invert": True}, {"mean": 3.0, "variance": 2.0}, {"mean": [1.0, 2.0, 3.0], "variance": [2.0, 1.0, 4.0]},
                 {"axis": None, "mean": 3.0, "variance": 2.0}, {"axis": -1, "mean": [1.0, 2.0, 3.0], "variance": [2.0, 1.0, 4.0], "invert": True}):
        add("normalization", lambda args=args: L.Normalization(**args))
    for args in ({"scale": 1 / 255}, {"scale": 2, "offset": -1}, {"scale": [1.0, 2.0, 3.0], "offset": [0.1, 0.2, 0.3]}, {"scale": np.float64(0.5)}):
        add("rescaling", lambda args=args: L.Rescaling(**args))
    for i in ("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"):
        add("resizing", lambda i=i: L.Resizing(5, 9, i))
        add("upsampling", lambda i=i: L.UpSampling2D((2, 3), interpolation=i))
    add("resizing", lambda: L.Resizing(5, 5, crop_to_aspect_ratio=True))
    add("upsampling", lambda: L.UpSampling2D(3))
    for args in ((1,), ((1, 2),), (((1, 0), (0, 2)),)):
        add("cropping", lambda args=args: L.Cropping2D(*args))
        add("zeropadding", lambda args=args: L.ZeroPadding2D(*args))
    for k in (False, True):
        add("gap", lambda k=k: L.GlobalAveragePooling2D(keepdims=k))
        add("gmp", lambda k=k: L.GlobalMaxPooling2D(keepdims=k))
    add("flatten", lambda: L.Flatten())
    add("flatten", lambda: L.Flatten(data_format="channels_last"))
    add("reshape", lambda: L.Reshape((-1, 3)))
    add("reshape", lambda: L.Reshape((4, 3, 3, 2)))
    add("permute", lambda: L.Permute((2, 1, 3)))
    add("permute", lambda: L.Permute([3, 1, 2]))
    add("dropout", lambda: L.Dropout(0.3))
    add("dropout", lambda: L.Dropout(0.3, noise_shape=(None, 1, 1, 3), seed=4))
    add("spatial", lambda: L.SpatialDropout2D(0.2))
    add("spatial", lambda: L.SpatialDropout2D(0.2, data_format="channels_last"))
    add("noise", lambda: L.GaussianNoise(0.2))
    add("noise", lambda: L.GaussianNoise(0.2, seed=3))
    add("identity", lambda: L.Identity())
    add("activity", lambda: L.ActivityRegularization(l1=0.1))
    for a in ("relu", "softmax", None, "hard_sigmoid"):
        add("dense", lambda a=a: L.Dense(4, activation=a))
    add("dense", lambda: L.Dense(4, use_bias=False, kernel_regularizer=R.L1L2(0.0, 0.01), activity_regularizer="l1"))
    add("dense", lambda: L.Dense(4, dtype="float32", trainable=False))
    for mode in ("horizontal", "vertical", "horizontal_and_vertical"):
        add("flip", lambda mode=mode: L.RandomFlip(mode, seed=1))
    for f in ("reflect", "constant", "wrap", "nearest"):
        for i in ("bilinear", "nearest"):
            add("rotation", lambda f=f, i=i: L.RandomRotation((-0.1, 0.2), f, i, fill_value=1.0))
            add("translation", lambda f=f, i=i: L.RandomTranslation(0.1, (-0.1, 0.2), f, i))
            add("zoom", lambda f=f, i=i: L.RandomZoom(0.1, None, f, i, seed=2))
    add("zoom", lambda: L.RandomZoom((-0.1, 0.1), (0.1, 0.2)))
    add("contrast", lambda: L.RandomContrast(0.2))
    add("contrast", lambda: L.RandomContrast((0.1, 0.3), seed=1))
    add("brightness", lambda: L.RandomBrightness(0.2))
    add("brightness", lambda: L.RandomBrightness((-0.1, 0.2), value_range=(0.0, 1.0)))
    add("crop", lambda: L.RandomCrop(4, 4))
    add("crop", lambda: L.RandomCrop(4, 3, seed=1))
    add("first_channels", lambda: L.Conv2D(4, 1, data_format="channels_first"))
    add("first_flatten", lambda: L.Flatten(data_format="channels_first"))
    add("first_gap", lambda: L.GlobalAveragePooling2D(data_format="channels_first"))
    return cases


def other_layers():
    """Layers of sequences and volumes: name, shape, a function that makes it."""
    cases = []

    def add(name, shape, make):
        cases.append((f"{name}_{sum(n.rsplit('_', 1)[0] == name for n, _, _ in cases)}", shape, make))

    line, volume = (9, 3), (4, 5, 4, 2)
    for p in ("valid", "same", "causal"):
        for s, d in ((1, 1), (2, 1), (1, 2)):
            add("conv1d", line, lambda p=p, s=s, d=d: L.Conv1D(4, 3, s, p, dilation_rate=d, activation="relu"))
            if p != "causal":
                add("depthwise1d", line, lambda p=p, s=s, d=d: L.DepthwiseConv1D(2, s, p, depth_multiplier=2, dilation_rate=d))
                add("separable1d", line, lambda p=p, s=s, d=d: L.SeparableConv1D(4, 3, s, p, dilation_rate=d, depth_multiplier=2))
                add("conv3d", volume, lambda p=p, s=s, d=d: L.Conv3D(2, 2, s, p, dilation_rate=d))
    add("conv1d", (9, 4), lambda: L.Convolution1D(4, [2], groups=2, use_bias=False))
    add("separable1d", line, lambda: L.SeparableConvolution1D(2, 2, padding="causal"))
    add("conv3d", volume, lambda: L.Convolution3D(2, [2, 1, 3], strides=[1, 2, 1]))
    for p in ("valid", "same"):
        for s in (1, 2):
            add("transpose1d", line, lambda p=p, s=s: L.Conv1DTranspose(2, 3, s, p))
            add("transpose3d", volume, lambda p=p, s=s: L.Conv3DTranspose(2, 3, s, p))
        add("transpose1d", line, lambda p=p: L.Conv1DTranspose(2, 3, 2, p, output_padding=1))
        for s in (None, 1, 2):
            add("pool1d", line, lambda p=p, s=s: L.MaxPooling1D(2, s, p))
            add("pool1d", line, lambda p=p, s=s: L.AveragePooling1D(3, s, p))
            add("pool3d", volume, lambda p=p, s=s: L.MaxPooling3D(2, s, p))
            add("pool3d", volume, lambda p=p, s=s: L.AveragePooling3D((2, 3, 1), s, p))
    for k in (False, True):
        add("global1d", line, lambda k=k: L.GlobalAveragePooling1D(keepdims=k))
        add("global1d", line, lambda k=k: L.GlobalMaxPool1D(keepdims=k))
        add("global3d", volume, lambda k=k: L.GlobalAvgPool3D(keepdims=k))
        add("global3d", volume, lambda k=k: L.GlobalMaxPooling3D(keepdims=k))
    for args in ((1,), ((1, 2),)):
        add("border1d", line, lambda args=args: L.Cropping1D(*args))
        add("border1d", line, lambda args=args: L.ZeroPadding1D(*args))
    for args in ((1,), ((1, 2, 1),), (((1, 0), (0, 2), (1, 1)),)):
        add("border3d", volume, lambda args=args: L.Cropping3D(*args))
        add("border3d", volume, lambda args=args: L.ZeroPadding3D(*args))
    add("larger", line, lambda: L.UpSampling1D(3))
    add("larger", volume, lambda: L.UpSampling3D((1, 2, 3)))
    add("spatial1d", line, lambda: L.SpatialDropout1D(0.2))
    add("spatial3d", volume, lambda: L.SpatialDropout3D(0.2))
    for name, layer in (("conv1d", L.Conv1D), ("pool1d", L.MaxPool1D), ("global1d", L.GlobalAvgPool1D)):
        args = () if name == "global1d" else (2, 2) if name == "conv1d" else (2,)
        add(f"first_{name}", line, lambda layer=layer, args=args: layer(*args, data_format="channels_first"))
    return cases


def recurrent_layers():
    """Layers that go through sequences: name, shape, a function that makes it."""
    line, images = (5, 3), (3, 4, 5, 2)
    cases = []

    def add(name, shape, make):
        cases.append((f"{name}_{sum(n.rsplit('_', 1)[0] == name for n, _, _ in cases)}", shape, make))

    for name, layer in (("rnn", L.SimpleRNN), ("lstm", L.LSTM), ("gru", L.GRU)):
        for args in (
            {}, {"return_sequences": True}, {"go_backwards": True}, {"unroll": True, "use_bias": False}, {"activation": "relu"},
            {"dropout": 0.3, "recurrent_dropout": 0.2}, {"kernel_regularizer": "l2", "recurrent_constraint": "unit_norm"},
            {"activity_regularizer": "l1"},
        ):  # fmt: skip
            add(name, line, lambda layer=layer, args=args: layer(2, **args))
        add(f"{name}both", line, lambda layer=layer: L.Bidirectional(layer(2, return_sequences=True)))
        add(f"{name}both", line, lambda layer=layer: L.Bidirectional(layer(2, name="one"), merge_mode="ave", name="two"))
    for args in ({"implementation": 1}, {"unit_forget_bias": False}, {"recurrent_activation": "hard_sigmoid"}):
        add("lstm", line, lambda args=args: L.LSTM(2, **args))
    add("gru", line, lambda: L.GRU(2, reset_after=False))
    add("gru", line, lambda: L.GRU(2, reset_after=False, use_bias=False))
    add("lstmboth", line, lambda: L.Bidirectional(L.LSTM(2), backward_layer=L.GRU(3, go_backwards=True)))
    add("cells", line, lambda: L.RNN(L.LSTMCell(2)))
    add("cells", line, lambda: L.RNN([L.LSTMCell(2), L.GRUCell(3)], return_sequences=True))
    add("cells", line, lambda: L.RNN(L.StackedRNNCells([L.SimpleRNNCell(2), L.SimpleRNNCell(2)])))
    add("cells", line, lambda: L.Bidirectional(L.RNN(L.GRUCell(2))))
    add("each", line, lambda: L.TimeDistributed(L.Dense(2, activation="relu")))
    add("each", images, lambda: L.TimeDistributed(L.Conv2D(2, 2)))
    add("each", images, lambda: L.TimeDistributed(L.BatchNormalization()))
    add("each", images, lambda: L.TimeDistributed(keras.Sequential([L.InputLayer((4, 5, 2)), L.Conv2D(2, 2), L.BatchNormalization(), L.Flatten()])))
    add("masking", line, lambda: L.Masking(2.0))
    add("repeat", (3,), lambda: L.RepeatVector(4))
    add("convlstm", (3, 5, 2), lambda: L.ConvLSTM1D(2, 3, padding="same"))
    add("convlstm", images, lambda: L.ConvLSTM2D(2, 2, return_sequences=True))
    add("convlstm", images, lambda: L.ConvLSTM2D(1, 2, strides=2, use_bias=False))
    add("convlstm", (2, 3, 3, 3, 1), lambda: L.ConvLSTM3D(1, 2))
    return cases


def foreign_layers():
    """Layers that there are none of in Kerava."""
    return [
        ("foreign_threshold", (6, 6, 3), lambda: L.ThresholdedReLU(0.5)),
        ("foreign_height", (6, 6, 3), lambda: L.RandomHeight(0.2)),
        ("foreign_spectral", (6, 6, 3), lambda: L.SpectralNormalization(L.Conv2D(2, 3))),
        ("foreign_lambda", (6, 6, 3), lambda: L.Lambda(lambda x: x * 2)),
    ]


def settle(model, rng):
    """Numbers of which each says where it belongs."""
    values = []
    for weight in model.weights:
        shape = tuple(weight.shape)
        if "count" in weight.name:
            values.append(np.asarray(5, weight.dtype.as_numpy_dtype))
        elif weight.dtype != tf.float32:
            values.append(weight.numpy())
        elif "variance" in weight.name or "gamma" in weight.name:
            values.append(rng.uniform(0.5, 1.5, shape).astype("float32"))
        else:
            values.append((rng.normal(size=shape) * 0.5).astype("float32"))
    model.set_weights(values)
    for layer in layers_in(model):
        if isinstance(layer, L.Normalization) and layer.input_mean is None:
            layer.finalize_state()


def layers_in(model):
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from layers_in(layer)
        else:
            yield layer


def structures(rng):
    """Models whose order of layers, inputs or outputs is another than that of their names."""

    def image(name=None, shape=(6, 6, 3)):
        return L.Input(shape, name=name)

    def body(x, n=4):
        return L.GlobalAveragePooling2D()(L.Conv2D(n, 3, activation="relu")(x))

    def heads_dict():
        x = image()
        h = body(x)
        return keras.Model(x, {"zz": L.Dense(4, name="zz")(h), "aa": L.Dense(4, name="aa")(h)})

    def heads_dict_sizes():
        x = image("photo")
        h = body(x)
        return keras.Model({"photo": x}, {"label": L.Dense(5, name="label_head")(h), "box": L.Dense(4, name="box_head")(h)})

    def heads_list():
        x = image()
        h = body(x)
        return keras.Model(x, [L.Dense(4, name="zz")(h), L.Dense(4, name="aa")(h)])

    def inputs_dict():
        a, b = image("zz"), image("aa")
        return keras.Model({"zz": a, "aa": b}, L.Dense(4)(L.Subtract()([body(a), body(b)])))

    def inputs_list():
        a, b = image("zz"), image("aa")
        return keras.Model([a, b], L.Dense(4)(L.Subtract()([body(a), body(b)])))

    def numbered():
        x = image()
        h = body(x)
        for name in ("dense_10", "dense_2", "dense_1", "dense"):
            h = L.Dense(4, name=name)(h)
        return keras.Model(x, h)

    def parallel():
        x = image()
        h = body(x)
        heads = [L.Dense(4, name=f"dense_{n}")(h) for n in (10, 2, 33, 1)]
        return keras.Model(x, L.Concatenate()([heads[2], heads[0], heads[3], heads[1]]))

    def shared():
        x, y = image("a"), image("b")
        conv = L.Conv2D(4, 3, name="tower")
        d = L.Dense(4, name="zz")
        e = L.Dense(4, name="aa")
        left, right = (L.GlobalMaxPooling2D()(conv(i)) for i in (x, y))
        return keras.Model([y, x], e(d(L.Subtract()([d(left), e(right)]))))

    def inner(names=("i1", "i2", "i3"), name="inner", frozen=()):
        i = L.Input((4,))
        m = keras.Model(i, L.Dense(4, name=names[2])(L.BatchNormalization(name=names[1])(L.Dense(4, name=names[0])(i))), name=name)
        for f in frozen:
            (m if f == name else m.get_layer(f)).trainable = False
        return m

    def nested(frozen):
        def build():
            x = image()
            return keras.Model(x, L.Dense(4, name="out")(inner(frozen=frozen)(body(x))))

        return build

    def nested_same_names():
        x = image()
        first = inner(("d", "b", "e"), "zz")
        second = inner(("d", "b", "e"), "aa")
        return keras.Model(x, L.Dense(4, name="d")(second(first(body(x)))))

    def nested_twice():
        x = image()
        m = inner()
        return keras.Model(x, L.Dense(4, name="out")(m(m(body(x)))))

    def nested_deep(frozen):
        def build():
            x = image()
            middle = keras.Sequential([L.InputLayer((4,)), inner(frozen=[f for f in frozen if f != "middle"]), L.BatchNormalization(name="b2"), L.Dense(4, name="mid")], name="middle")
            if "middle" in frozen:
                middle.trainable = False
            return keras.Model(x, L.Dense(4, name="out")(middle(body(x))))

        return build

    def nested_sequential():
        return keras.Sequential([
            keras.Sequential([L.Rescaling(1 / 2, input_shape=(6, 6, 3)), L.Conv2D(4, 3), L.BatchNormalization()], name="front"),
            keras.Sequential([L.GlobalAveragePooling2D(), L.Dense(4, activation="softmax")], name="back")])

    def nested_dict_inputs():
        a, b = L.Input((4,), name="z"), L.Input((4,), name="a")
        m = keras.Model({"z": a, "a": b}, L.Subtract()([L.Dense(4)(a), L.Dense(4)(b)]), name="pair")
        x = image()
        h = body(x)
        return keras.Model(x, m({"z": h, "a": L.Dense(4)(h)}))

    def sequential_forms():
        return keras.Sequential([L.Conv2D(4, 3, batch_input_shape=(None, 6, 6, 3), activation="relu"), L.MaxPooling2D(), L.Flatten(), L.Dense(4)])

    def sequential_batch():
        return keras.Sequential([L.Conv2D(4, 3, input_shape=(6, 6, 3), batch_size=2), L.Flatten(), L.Dense(4)])

    def sequential_named():
        return keras.Sequential([L.Input((6, 6, 3), name="picture"), L.Conv2D(4, 3, name="zz"), L.Conv2D(4, 3, name="aa"), L.Flatten(name="flat")], name="chain")

    def sequential_built():
        m = keras.Sequential([L.Conv2D(4, 3), L.Conv2D(4, 3), L.Flatten(), L.Dense(2)])
        m.build((None, 6, 6, 3))
        return m

    def frozen_layers():
        x = image()
        c = L.Conv2D(4, 3, name="zz", trainable=False)
        b = L.BatchNormalization(name="mm", trainable=False)
        return keras.Model(x, L.Dense(4, name="aa")(L.Flatten()(b(c(x)))))

    def merges():
        x, y = image(), image()
        merged = [m()([x, y]) for m in (L.Add, L.Subtract, L.Multiply, L.Maximum, L.Minimum, L.Average)]
        return keras.Model([x, y], L.Concatenate(axis=3)(merged + [L.Concatenate()([x, y])]))

    def slashes():
        x = image()
        h = L.Conv2D(4, 3, name="block/one/conv")(x)
        h = L.Conv2D(4, 3, name="block/conv")(h)
        return keras.Model(x, L.Conv2D(4, 1, name="conv")(h))

    def nested_outputs():
        x = image()
        h = body(x)
        return keras.Model(x, {"z": [L.Dense(4, name="q")(h), L.Dense(4, name="p")(h)], "a": L.Dense(4, name="r")(h)})

    def operators():
        x = image()
        return keras.Model(x, L.Dense(4)(L.Flatten()(tf.nn.relu(L.Conv2D(4, 3)(x) * 2.0 + 1.0))))

    def augmented():
        return keras.Sequential([L.Input((6, 6, 3)), L.RandomFlip("horizontal"), L.RandomRotation(0.1), L.RandomZoom(0.1), L.Dropout(0.1),
                                 L.Conv2D(4, 3), L.GlobalAveragePooling2D(), L.Dense(4)])

    def norm_nested():
        front = keras.Sequential([L.Input((6, 6, 3)), L.Normalization(name="zz"), L.Normalization(axis=None, name="aa")], name="front")
        x = image()
        return keras.Model(x, body(front(x)))

    def int_input():
        x = L.Input((6, 6, 3), dtype="uint8")
        return keras.Model(x, body(L.Rescaling(1 / 255)(x)))

    return [("dict_outputs", heads_dict), ("dict_outputs_sizes", heads_dict_sizes), ("list_outputs", heads_list), ("dict_inputs", inputs_dict),
            ("list_inputs", inputs_list), ("numbered", numbered), ("parallel", parallel), ("shared", shared), ("nested", nested(())),
            ("nested_frozen", nested(("i1",))), ("nested_frozen_bn", nested(("i2",))), ("nested_frozen_all", nested(("inner",))),
            ("nested_same_names", nested_same_names), ("nested_twice", nested_twice), ("nested_deep", nested_deep(())),
            ("nested_deep_frozen", nested_deep(("i1", "i2"))), ("nested_deep_all", nested_deep(("middle",))),
            ("nested_sequential", nested_sequential), ("nested_dict_inputs", nested_dict_inputs), ("sequential_forms", sequential_forms),
            ("sequential_batch", sequential_batch), ("sequential_named", sequential_named), ("sequential_built", sequential_built),
            ("frozen_layers", frozen_layers), ("merges", merges), ("slashes", slashes), ("nested_outputs", nested_outputs),
            ("operators", operators), ("augmented", augmented), ("norm_nested", norm_nested), ("int_input", int_input)]


def random_model(rng, cases):
    """A graph of a few layers in which each may follow from any before, under names in no order."""
    names = [f"l{n}" for n in rng.permutation(40)]
    x = L.Input((7, 6, 3))
    nodes = [x]
    for _ in range(int(rng.integers(2, 6))):
        label, make = cases[rng.integers(len(cases))]
        source = nodes[rng.integers(max(0, len(nodes) - 2), len(nodes))]
        try:
            layer = make()
            layer._name = names.pop()
            nodes.append(layer(source))
        except (ValueError, TypeError, tf.errors.InvalidArgumentError, IndexError, AttributeError):
            continue
    ends = nodes[-2:] if len(nodes) > 2 else nodes[1:]
    if not ends:
        return None
    form = rng.integers(4)
    if form == 0:
        return keras.Model(x, ends[-1])
    if form == 1:
        return keras.Model(x, list(ends)) if len(ends) > 1 else keras.Model(x, ends[0])
    if form == 2:
        return keras.Model(x, {f"o{n}": end for n, end in zip(rng.permutation(20), ends)})
    inner = keras.Model(x, ends[-1], name="part")
    outer = L.Input((7, 6, 3))
    h = inner(outer)
    return keras.Model(outer, L.Dense(3, name=names.pop())(L.Flatten(name=names.pop())(h)))


def flat(value, names):
    values = keras3.tree.flatten(value) if False else tf.nest.flatten(value)
    return dict(zip(names, (np.asarray(v, "float32") for v in values)))


def output_names(model):
    struct = tf.nest.map_structure(lambda t: 0, model._nested_outputs if hasattr(model, "_nested_outputs") else model.outputs)
    if isinstance(struct, dict):
        paths = ["_".join(str(p) for p in path) for path in tf.nest.yield_flattened_up_to(struct, struct)] if False else []
        for key in sorted(struct):
            paths += [key] if not isinstance(struct[key], (list, tuple)) else [f"{key}_{i}" for i in range(len(struct[key]))]
        return paths
    return [f"output_{i}" for i in range(len(tf.nest.flatten(model.outputs)))]


def by_keras3(path, x, y, names):
    """What Keras 3 makes of a file: a word or two, and its numbers where they differ."""
    try:
        model = keras3.models.load_model(path, compile=False)
        given = flat(model(x), names)
    except Exception as refusal:  # noqa: BLE001  whatever it is, Keras 3 does not read the file
        return "refuses: " + str(refusal).split("\n")[0][:150], None
    apart = max(float(np.abs(given[n] - y[n]).max()) if given[n].shape == y[n].shape else 9e9 for n in names)
    return f"reads: {apart:.2g} apart", given if not apart <= 1e-5 else None


def write(folder, name, model, rng, formats, predictions, compiled=None):
    settle(model, rng)
    inputs = tf.nest.flatten(model.inputs)
    feeds = []
    for i in inputs:
        shape = [2 if d is None else d for d in i.shape]
        feeds.append(rng.uniform(0, 4, shape).astype("float32").round(2) if i.dtype.is_floating else rng.integers(0, 9, shape).astype("float32"))
    struct = getattr(model, "_nested_inputs", None)
    x = tf.nest.pack_sequence_as(struct, feeds) if struct is not None else feeds[0]
    typed = tf.nest.map_structure(lambda f, t: tf.cast(f, t.dtype), x, struct) if struct is not None else x
    names = output_names(model)
    y = flat(model(typed, training=False), names)
    if compiled:
        compiled(model)
    group = predictions.create_group(name)
    for layer, feed in zip(inputs, feeds):
        group[f"x/{layer.node.layer.name if hasattr(layer, 'node') else layer.name}"] = feed
    for n in names:
        group[f"y/{n}"] = y[n]
    if "h5" in formats:
        path = os.path.join(folder, name + ".h5")
        model.save(path)
        model.save_weights(os.path.join(folder, name + "_weights.h5"))
        word, other = by_keras3(path, typed, y, names)
        group.attrs["keras3"] = word
        for n in other or {}:
            group[f"y3/{n}"] = other[n]
    if "keras" in formats:
        model.save(os.path.join(folder, name + ".keras"))
    if "folder" in formats:
        model.save(os.path.join(folder, name), save_format="tf")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--random", type=int, default=150)
    parser.add_argument("--formats", default="h5,keras")
    parser.add_argument("--only", default=".")
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    formats = options.formats.split(",")
    rng = np.random.default_rng(options.seed)
    makers = []
    cases = image_layers()
    for name, make in cases:
        makers.append((name, lambda make=make: keras.Sequential([L.InputLayer((7, 6, 3)), make()])))
    for name, shape, make in other_layers() + recurrent_layers() + foreign_layers():
        makers.append((name, lambda shape=shape, make=make: keras.Sequential([L.InputLayer(shape), make()])))
    makers += structures(rng)
    makers += [(f"random_{n}", lambda n=n: random_model(np.random.default_rng([options.seed, n]), cases)) for n in range(options.random)]
    made = failed = 0
    with h5py.File(os.path.join(options.folder, "predictions.h5"), "w", libver="latest") as predictions:
        for name, make in makers:
            if not re.search(options.only, name):
                continue
            keras.backend.clear_session()
            keras3.backend.clear_session()
            try:
                model = make()
            except (ValueError, TypeError, NotImplementedError, tf.errors.InvalidArgumentError, tf.errors.UnimplementedError, AttributeError) as refusal:
                print(f"{name}: Keras 2 makes no such model: {str(refusal)[:100]}")
                failed += 1
                continue
            if model is None:
                continue
            try:
                write(options.folder, name, model, np.random.default_rng([options.seed, made]), formats, predictions)
                made += 1
            except Exception as refusal:  # noqa: BLE001
                print(f"{name}: Keras 2 does not write it: {type(refusal).__name__} {str(refusal)[:150]}")
                if name in predictions:
                    del predictions[name]
                failed += 1
    print(f"{made} models, {failed} that Keras 2 has not")


main()
