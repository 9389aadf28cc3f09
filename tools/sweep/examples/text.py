"""Texts and other sequences of tokens."""

import keras
from keras import ops

from . import Case, L, WORDS, example, positions


def vectorization(d, texts, **arguments):
    layer = L.TextVectorization(**arguments)
    layer.adapt(texts[:, 0].tolist())
    return layer


@example
def text_convnet(d):
    texts = d.texts(WORDS)
    x = keras.Input((1,), dtype="string")
    h = vectorization(d, texts, max_tokens=20, output_mode="int", output_sequence_length=10)(x)
    h = L.Embedding(20, 6)(h)
    h = d.dropout(0.5)(h)
    h = L.Conv1D(8, 3, padding="valid", activation="relu", strides=2)(h)
    h = L.GlobalMaxPooling1D()(h)
    h = d.dropout(0.5)(L.Dense(6, activation="relu")(h))
    model = keras.Model(x, L.Dense(1, activation="sigmoid", name="predictions")(h))
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    return Case(model, texts, d.bits(1))


@example
def bag_of_words(d):
    texts = d.texts(WORDS)
    x = keras.Input((1,), dtype="string")
    h = vectorization(d, texts, max_tokens=40, ngrams=2, output_mode="tf_idf")(x)
    h = L.Dense(8, activation="relu")(h)
    model = keras.Model(x, L.Dense(3, activation="softmax")(d.dropout(0.5)(h)))
    model.compile("rmsprop", "categorical_crossentropy", metrics=["categorical_accuracy"])
    return Case(model, texts, d.one_hot(3))


@example
def multi_label_text(d):
    texts = d.texts(WORDS)
    x = keras.Input((1,), dtype="string")
    h = vectorization(d, texts, max_tokens=30, output_mode="multi_hot")(x)
    h = L.Dense(8, activation="relu")(h)
    model = keras.Model(x, L.Dense(4, activation="sigmoid")(h))
    metrics = [
        "binary_accuracy",
        keras.metrics.AUC(name="auc", multi_label=True, num_labels=4),
        keras.metrics.Precision(name="precision"),
        keras.metrics.Recall(name="recall"),
    ]
    model.compile("adam", keras.losses.BinaryCrossentropy(), metrics=metrics)
    return Case(model, texts, d.bits(4))


@example
def bidirectional_lstm(d):
    x = keras.Input(shape=(None,), dtype="int32")
    h = L.Embedding(30, 6)(x)
    h = L.Bidirectional(L.LSTM(5, return_sequences=True))(h)
    h = L.Bidirectional(L.LSTM(4), merge_mode="sum")(h)
    model = keras.Model(x, L.Dense(1, activation="sigmoid")(h))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Case(model, d.whole(30, 8), d.bits(1))


@example
def text_transformer(d):
    tokens = keras.Input((10,), dtype="int32")
    h = L.Embedding(25, 8)(tokens) + L.Embedding(10, 8)(positions(tokens))
    a = d.dropout(0.1)(L.MultiHeadAttention(num_heads=2, key_dim=8)(h, h))
    h = L.LayerNormalization(epsilon=1e-6)(h + a)
    f = L.Dense(8)(L.Dense(12, activation="relu")(h))
    h = L.LayerNormalization(epsilon=1e-6)(h + d.dropout(0.1)(f))
    h = d.dropout(0.1)(L.GlobalAveragePooling1D()(h))
    model = keras.Model(tokens, L.Dense(2, activation="softmax")(h))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, d.whole(25, 10), d.whole(2))


@example
def mini_gpt(d):
    tokens = keras.Input((None,), dtype="int32")
    h = L.Embedding(20, 8)(tokens) + L.Embedding(12, 8)(positions(tokens))
    a = L.MultiHeadAttention(2, 4)(h, h, use_causal_mask=True)
    h = L.LayerNormalization(epsilon=1e-6)(h + d.dropout(0.1)(a))
    f = L.Dense(8)(L.Dense(16, activation="gelu")(h))
    h = L.LayerNormalization(epsilon=1e-6)(h + d.dropout(0.1)(f))
    model = keras.Model(tokens, L.Dense(20)(h))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss, metrics=[keras.metrics.SparseTopKCategoricalAccuracy(3)])
    text = d.whole(20, 13)
    return Case(model, text[:, :-1], text[:, 1:])


@example
def fnet_encoder(d):
    tokens = keras.Input((8,), dtype="int64")
    h = L.Embedding(20, 6)(tokens) + L.Embedding(8, 6)(positions(tokens))
    real, _ = ops.fft2((h, ops.zeros_like(h)))
    h = L.LayerNormalization()(h + real)
    h = L.LayerNormalization()(h + L.Dense(6)(L.Dense(12, activation="relu")(h)))
    model = keras.Model(tokens, L.Dense(1, activation="sigmoid")(L.GlobalAveragePooling1D()(h)))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Case(model, d.whole(20, 8, dtype="int64"), d.bits(1))


@example
def attention_pooling(d):
    """Two texts; each word of one looks at those of the other. The padding has no say."""
    first = keras.Input((None,), dtype="int32", name="first")
    second = keras.Input((None,), dtype="int32", name="second")
    embedding = L.Embedding(25, 8, mask_zero=True)
    convolution = L.Conv1D(8, 3, padding="same")
    a, b = convolution(embedding(first)), convolution(embedding(second))
    seen = L.Attention(use_scale=True)([a, b])
    h = L.Concatenate()([L.GlobalAveragePooling1D()(a), L.GlobalAveragePooling1D()(seen)])
    model = keras.Model([first, second], L.Dense(3)(h))
    model.compile("adam", keras.losses.CosineSimilarity(), metrics=["mae"])
    x = [d.padded(d.whole(25, 7, start=1)), d.padded(d.whole(25, 9, start=1))]
    return Case(model, x, d.floats(3))


@example
def addition_rnn(d):
    model = keras.Sequential(
        [
            keras.Input((7, 12)),
            L.LSTM(8),
            L.RepeatVector(4),
            L.LSTM(8, return_sequences=True),
            L.Dense(12, activation="softmax"),
        ]
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Case(model, d.one_hot(12, 7), d.one_hot(12, 4))


@example
def lstm_seq2seq(d):
    source = keras.Input((None, 9), name="source")
    target = keras.Input((None, 11), name="target")
    _, h, c = L.LSTM(8, return_state=True)(source)
    decoded, _, _ = L.LSTM(8, return_sequences=True, return_state=True)(
        target, initial_state=[h, c]
    )
    model = keras.Model([source, target], L.Dense(11, activation="softmax")(decoded))
    model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    return Case(model, [d.one_hot(9, 6), d.one_hot(11, 5)], d.one_hot(11, 5))


@example
def seq2seq_decoder_step(d):
    """What the page calls to write a sentence: one token and the states in, the next ones out."""
    token = keras.Input((1, 11), name="token")
    h, c = keras.Input((8,), name="h"), keras.Input((8,), name="c")
    y, h2, c2 = L.LSTM(8, return_sequences=True, return_state=True)(token, initial_state=[h, c])
    model = keras.Model([token, h, c], [L.Dense(11, activation="softmax")(y), h2, c2])
    model.compile("adam", ["categorical_crossentropy", "mse", "mse"])
    x = [d.one_hot(11, 1), d.floats(8), d.floats(8)]
    return Case(model, x, [d.one_hot(11, 1), d.floats(8), d.floats(8)])


@example
def additive_attention_decoder(d):
    source = keras.Input((None,), dtype="int32", name="source")
    target = keras.Input((None,), dtype="int32", name="target")
    e = L.Embedding(20, 6, mask_zero=True)(source)
    encoded, state = L.GRU(6, return_sequences=True, return_state=True)(e)
    decoded = L.GRU(6, return_sequences=True)(
        L.Embedding(15, 6, mask_zero=True)(target), initial_state=state
    )
    context = L.AdditiveAttention()([decoded, encoded])
    h = L.Dense(8, activation="tanh")(L.Concatenate()([context, decoded]))
    model = keras.Model([source, target], L.Dense(15, activation="softmax")(h))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    x = [d.padded(d.whole(20, 6, start=1)), d.padded(d.whole(15, 5, start=1))]
    return Case(model, x, d.whole(15, 5))


@example
def translation_transformer(d):
    """An encoder and a decoder that looks at it, with masks of both paddings."""
    source = keras.Input((None,), dtype="int64", name="encoder_inputs")
    target = keras.Input((None,), dtype="int64", name="decoder_inputs")
    h = L.Embedding(20, 8, mask_zero=True)(source)
    h = L.LayerNormalization()(h + L.MultiHeadAttention(2, 8)(query=h, value=h, key=h))
    encoded = L.LayerNormalization()(h + L.Dense(8)(L.Dense(16, activation="relu")(h)))
    g = L.Embedding(15, 8, mask_zero=True)(target)
    own = L.MultiHeadAttention(2, 8)(query=g, value=g, key=g, use_causal_mask=True)
    g = L.LayerNormalization()(g + own)
    seen = L.MultiHeadAttention(2, 8)(query=g, value=encoded, key=encoded)
    g = L.LayerNormalization()(g + seen)
    g = L.LayerNormalization()(g + L.Dense(8)(L.Dense(16, activation="relu")(g)))
    y = L.Dense(15, activation="softmax")(d.dropout(0.5)(g))
    model = keras.Model({"encoder_inputs": source, "decoder_inputs": target}, y)
    loss = keras.losses.SparseCategoricalCrossentropy(ignore_class=0)
    model.compile("rmsprop", loss, metrics=["accuracy"])
    words = d.padded(d.whole(15, 7, start=1, dtype="int64"), least=2)
    source = d.padded(d.whole(20, 6, start=1, dtype="int64"))
    x = {"encoder_inputs": source, "decoder_inputs": words[:, :-1]}
    return Case(model, x, words[:, 1:])


@example
def masked_language_model(d):
    """The embedding serves as the last layer too; which words count is said by sample weights."""
    tokens = keras.Input((8,), dtype="int32")
    embedding = L.ReversibleEmbedding(18, 6)
    h = embedding(tokens) + L.Embedding(8, 6)(positions(tokens))
    h = L.LayerNormalization()(h + L.MultiHeadAttention(2, 3)(h, h))
    h = L.Dense(6, activation="gelu")(h)
    model = keras.Model(tokens, embedding(h, reverse=True))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(), loss)
    return Case(model, d.whole(18, 8), d.whole(18, 8), sample_weight=d.bits(8))


@example
def grouped_query_attention(d):
    tokens = keras.Input((9,), dtype="int32")
    h = L.Embedding(20, 8)(tokens)
    n = L.RMSNormalization()(h)
    h = h + L.GroupQueryAttention(head_dim=4, num_query_heads=4, num_key_value_heads=2)(
        n, n, use_causal_mask=True
    )
    n = L.RMSNormalization()(h)
    gate, up = L.Dense(12, activation="silu", use_bias=False)(n), L.Dense(12, use_bias=False)(n)
    h = h + L.Dense(8, use_bias=False)(gate * up)
    model = keras.Model(tokens, L.Dense(20)(L.RMSNormalization()(h)))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.AdamW(1e-3, weight_decay=0.01), loss, metrics=["accuracy"])
    return Case(model, d.whole(20, 9), d.whole(20, 9))


@example
def text_pairs(d):
    """One tower reads both texts; a dot product of what it made of them says how near they are."""
    first = keras.Input((6,), dtype="int32", name="query")
    second = keras.Input((10,), dtype="int32", name="document")
    tokens = keras.Input((None,), dtype="int32")
    h = L.Bidirectional(L.LSTM(4))(L.Embedding(25, 6)(tokens))
    tower = keras.Model(tokens, L.Dense(5)(h), name="tower")
    near = L.Dot(axes=1, normalize=True)([tower(first), tower(second)])
    model = keras.Model([first, second], near)
    model.compile("adam", "hinge", metrics=["hinge", "squared_hinge"])
    return Case(model, [d.whole(25, 6), d.whole(25, 10)], d.bits(1) * 2 - 1)
