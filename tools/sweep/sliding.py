"""Draws Keras' layers of sequences and volumes at random, for models.py."""

import keras

L = keras.layers


def layer(d, x):
    """A layer for a sequence or a volume, of which `d` draws the arguments."""
    drawn = sequence(d, x) if len(x.shape) == 3 else volume(d, x)
    # Of an axis of one, TensorFlow's windows of two end the process.
    if "Adaptive" in type(drawn).__name__ and min(x.shape[1:-1]) < 2:
        return L.Identity()
    return drawn


def arguments(d, paddings=("same", "valid")):
    result = {"padding": d.pick(*paddings), "activation": d.activation()}
    if d.often(0.3):
        result["use_bias"] = False
        # With a bias, Keras adds it along the last axis where that is as long as there are filters.
        if d.often(0.3) and not isinstance(result["activation"], L.Layer):
            result["data_format"] = "channels_first"
    stretch = d.r.randrange(3)
    if stretch == 0:
        result["strides"] = d.pick(2, 3)
    elif stretch == 1 and "data_format" not in result:
        result["dilation_rate"] = d.pick(2, 3)
    return result


def grouped(d, channels):
    return (channels, channels * d.pick(1, 2)) if channels > 1 and d.often(0.3) else (1, d.pick(2, 3, 4))


def sequence(d, x):
    kind = d.r.randrange(16)
    if kind < 4:
        chosen = arguments(d, ("same", "valid", "causal"))
        groups, filters = (1, 3) if "data_format" in chosen else grouped(d, x.shape[-1])
        return L.Conv1D(filters, d.pick(1, 2, 3, 4), groups=groups, **chosen)
    if kind == 4:
        return L.DepthwiseConv1D(d.pick(2, 3), depth_multiplier=d.pick(1, 2), **arguments(d))
    if kind == 5:
        return L.SeparableConv1D(d.pick(2, 3), d.pick(2, 3), **arguments(d))
    if kind == 6:
        chosen = arguments(d)
        chosen.pop("dilation_rate", None)
        return L.Conv1DTranspose(d.pick(2, 3), d.pick(2, 3, 4), **chosen)
    first = d.pick({}, {"data_format": "channels_first"})
    if kind == 7:
        return L.MaxPooling1D(d.pick(2, 3), d.pick(None, 1, 2), d.pick("same", "valid"), **first)
    if kind == 8:
        return L.AveragePooling1D(d.pick(2, 3), d.pick(None, 1, 2), d.pick("same", "valid"), **first)
    if kind == 9:
        return d.pick(L.AdaptiveAveragePooling1D, L.AdaptiveMaxPooling1D)(d.pick(2, 3, 4, 5))
    if kind == 10:
        return d.pick(L.ZeroPadding1D((0, 2), **first), L.Cropping1D((1, 0)))
    if kind == 11:
        return L.UpSampling1D(d.pick(2, 3))
    if kind == 12:
        return d.pick(L.GlobalAveragePooling1D, L.GlobalMaxPooling1D)(keepdims=d.often(0.5), **first)
    if kind == 13:
        return d.pick(L.SpatialDropout1D(0.2), L.LayerNormalization())
    if kind == 14:
        return L.BatchNormalization(axis=d.pick(-1, 1))
    return L.Dense(d.pick(2, 3), activation=d.activation())


def volume(d, x):
    kind = d.r.randrange(13)
    size = d.pick(1, 2, 3, (1, 2, 3))
    if kind < 4:
        chosen = arguments(d)
        groups, filters = (1, 3) if "data_format" in chosen else grouped(d, x.shape[-1])
        return L.Conv3D(filters, size, groups=groups, **chosen)
    if kind == 4:
        chosen = arguments(d)
        chosen.pop("dilation_rate", None)
        chosen.pop("data_format", None)
        return L.Conv3DTranspose(d.pick(2, 3), size, **chosen)
    first = d.pick({}, {"data_format": "channels_first"})
    if kind == 5:
        return L.MaxPooling3D(2, d.pick(None, 1), d.pick("same", "valid"), **first)
    if kind == 6:
        return L.AveragePooling3D(d.pick(2, (1, 2, 3)), d.pick(None, 1), d.pick("same", "valid"), **first)
    if kind == 7:
        return d.pick(L.AdaptiveAveragePooling3D, L.AdaptiveMaxPooling3D)(d.pick(2, (2, 3, 2)))
    if kind == 8:
        sides = ((1, 0), (0, 1), (1, 1))
        return d.pick(L.ZeroPadding3D, L.Cropping3D)(sides, **first)
    if kind == 9:
        return L.UpSampling3D(d.pick(2, (1, 2, 1)), **first)
    if kind == 10:
        return d.pick(L.GlobalAveragePooling3D, L.GlobalMaxPooling3D)(keepdims=d.often(0.5), **first)
    if kind == 11:
        return d.pick(L.SpatialDropout3D(0.2), L.BatchNormalization())
    return L.Dense(d.pick(2, 3), activation=d.activation())
