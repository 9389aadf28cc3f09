"""Sounds, as waves and as spectrograms."""

import keras
from keras import ops

from . import Case, L, example


@example
def speaker_recognition(d):
    x = h = keras.Input((64, 1))
    for filters in (4, 6):
        skip = L.Conv1D(filters, 1, padding="same")(h)
        h = L.Activation("relu")(L.Conv1D(filters, 3, padding="same")(h))
        h = L.Add()([L.Conv1D(filters, 3, padding="same")(h), skip])
        h = L.MaxPooling1D(pool_size=2, strides=2)(L.Activation("relu")(h))
    h = L.Flatten()(L.AveragePooling1D(pool_size=3, strides=3)(h))
    model = keras.Model(x, L.Dense(5, activation="softmax", name="output")(L.Dense(8, "relu")(h)))
    model.compile("Adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, d.floats(64, 1), d.whole(5))


@example
def depthwise_audio(d):
    x = h = keras.Input((64, 2))
    for _ in range(2):
        h = L.DepthwiseConv1D(5, strides=2, padding="same", depth_multiplier=2, use_bias=False)(h)
        h = L.Conv1D(6, 1)(L.Activation("hard_swish")(L.BatchNormalization()(h)))
    model = keras.Model(x, L.Dense(3)(L.GlobalMaxPooling1D()(h)))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return Case(model, d.floats(64, 2), d.whole(3))


@example
def mel_spectrogram(d):
    x = keras.Input((256,))
    h = L.MelSpectrogram(
        fft_length=64, sequence_stride=32, sampling_rate=1000, num_mel_bins=12, max_freq=500, min_freq=20
    )(x)
    h = L.Permute((2, 1))(h)
    h = L.Conv1D(6, 3, activation="relu")(L.Normalization(mean=-20.0, variance=400.0)(h))
    model = keras.Model(x, L.Dense(4, activation="softmax")(L.GlobalAveragePooling1D()(h)))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, d.floats(256), d.whole(4))


@example
def stft_keywords(d):
    """Spoken words: a spectrogram as an image, made smaller, and two convolutions."""
    x = keras.Input((256, 1))
    h = L.STFTSpectrogram(mode="log", window=None, frame_length=64, frame_step=32, fft_length=64)(x)
    h = L.Resizing(8, 16)(ops.expand_dims(h, -1))
    h = L.Conv2D(4, 3, activation="relu")(L.BatchNormalization()(h))
    h = L.Flatten()(L.MaxPooling2D()(L.Conv2D(6, 3, activation="relu")(h)))
    model = keras.Model(x, L.Dense(4)(d.dropout(0.5)(h)))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(), loss, metrics=["accuracy"])
    return Case(model, d.floats(256, 1), d.whole(4))


@example
def speech_ctc(d):
    """Frames of a spectrogram to letters, as DeepSpeech 2 has it."""
    x = keras.Input((None, 12), name="input")
    h = L.Reshape((-1, 12, 1))(x)
    h = L.Conv2D(4, (5, 5), strides=(2, 2), padding="same", use_bias=False)(h)
    h = L.ReLU()(L.BatchNormalization()(h))
    h = L.Reshape((-1, 6 * 4))(h)
    for i in range(2):
        recurrent = L.GRU(6, return_sequences=True, reset_after=True)
        h = L.Bidirectional(recurrent, name=f"bidirectional_{i}", merge_mode="concat")(h)
    model = keras.Model(x, L.Dense(9)(d.dropout(0.5)(h)), name="DeepSpeech_2")
    model.compile(keras.optimizers.Adam(1e-3), keras.losses.CTC())
    return Case(model, d.floats(24, 12), d.padded(d.whole(9, 5, start=1), least=2))
