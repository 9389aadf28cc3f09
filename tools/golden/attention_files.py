"""A model with every layer of attention, broken off in training, and how it goes on in Keras.

    python tools/golden/attention_files.py [FOLDER]

Writes keras3_attention.keras, keras3_attention.h5 and attention_files.h5, in the form of nd_training.h5, into
src/test/resources/fixtures unless told otherwise.
"""

import keras
from nd_models import L, record


def attention():
    """Two blocks, one of which sees the past alone; the last layer attends to what was seen first."""
    steps = keras.Input((6, 4), name="steps")
    x = L.Dense(6, name="width")(steps)
    x = L.Add(name="sum")([x, L.MultiHeadAttention(2, 3, value_dim=2, name="heads")(x, x)])
    x = L.LayerNormalization(name="norm")(x)
    grouped = L.GroupQueryAttention(2, 4, 2, use_gate=True, use_bias=False)
    x = L.Add(name="sum_2")([x, grouped(x, x, use_causal_mask=True)])
    found, _ = L.Attention(use_scale=True, score_mode="concat", name="found")([x, x], return_attention_scores=True)
    x = L.Concatenate(name="both")([found, L.AdditiveAttention(name="additive")([x, found])])
    x = L.GlobalAveragePooling1D(name="mean")(x)
    model = keras.Model(steps, L.Dense(3, activation="softmax", name="classes")(x), name="attention")
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", jit_compile=False)
    return model


if __name__ == "__main__":
    record("attention_files.h5", (attention,), ("attention",))
