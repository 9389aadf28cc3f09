"""Tables: categories, numbers, users and films."""

import keras
import numpy as np
from keras import ops

from . import Case, L, ROWS, example


def columns(d):
    """A table of patients: texts, whole numbers and numbers."""
    return {
        "age": d.whole(70, 1, start=20).astype("float32"),
        "sex": d.whole(2, 1, dtype="int64"),
        "pain": d.whole(5, 1, dtype="int64"),
        "thal": d.chosen(["normal", "fixed", "reversible", "?"]).astype(object),
        "slope": d.floats(1),
    }


def inputs():
    return {
        "age": keras.Input((1,), name="age"),
        "sex": keras.Input((1,), name="sex", dtype="int64"),
        "pain": keras.Input((1,), name="pain", dtype="int64"),
        "thal": keras.Input((1,), name="thal", dtype="string"),
        "slope": keras.Input((1,), name="slope"),
    }


def normalized(x, values):
    layer = L.Normalization(axis=None)
    layer.adapt(values)
    return layer(x)


@example
def structured_data(d):
    table, x = columns(d), inputs()
    thal = L.StringLookup(output_mode="one_hot")
    thal.adapt(table["thal"][:, 0].tolist())
    pain = L.IntegerLookup(output_mode="one_hot", num_oov_indices=1)
    pain.adapt(table["pain"])
    ages = L.Discretization(bin_boundaries=[30.0, 40.0, 55.0], output_mode="one_hot")
    h = L.Concatenate()(
        [
            normalized(x["age"], table["age"]),
            normalized(x["slope"], table["slope"]),
            ages(x["age"]),
            L.CategoryEncoding(num_tokens=2, output_mode="one_hot")(x["sex"]),
            pain(x["pain"]),
            thal(x["thal"]),
        ]
    )
    h = d.dropout(0.5)(L.Dense(8, activation="relu")(h))
    model = keras.Model(x, L.Dense(1, activation="sigmoid")(h))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Case(model, table, d.bits(1))


@example
def wide_and_deep(d):
    table, x = columns(d), inputs()
    encoded, embedded = [], []
    for name, vocabulary in {"thal": ["normal", "fixed", "reversible"], "pain": [0, 1, 2, 3]}.items():
        kind = L.StringLookup if name == "thal" else L.IntegerLookup
        many = kind(vocabulary=vocabulary, output_mode="multi_hot")
        encoded.append(many(x[name]))
        number = kind(vocabulary=vocabulary)
        embedded.append(L.Flatten()(L.Embedding(6, 3)(number(x[name]))))
    numbers = [x["age"] / 50.0, x["slope"], ops.cast(x["sex"], "float32")]
    wide = L.BatchNormalization()(L.Concatenate()(encoded + numbers))
    deep = L.Concatenate()(embedded + numbers)
    for units in (8, 6):
        deep = L.ReLU()(L.BatchNormalization()(L.Dense(units)(deep)))
        deep = d.dropout(0.1)(deep)
    h = L.Concatenate()([wide, deep])
    model = keras.Model(x, L.Dense(7, activation="softmax")(h))
    loss = keras.losses.SparseCategoricalCrossentropy()
    metrics = [keras.metrics.SparseCategoricalAccuracy()]
    model.compile(keras.optimizers.Adam(learning_rate=0.001), loss, metrics=metrics)
    return Case(model, table, d.whole(7, 1))


@example
def deep_and_cross(d):
    x0 = cross = keras.Input((6,))
    for _ in range(2):
        cross = x0 * L.Dense(6)(cross) + cross
    deep = L.Dense(5, activation="relu", kernel_regularizer="l2")(x0)
    model = keras.Model(x0, L.Dense(1)(L.concatenate([cross, L.BatchNormalization()(deep)])))
    model.compile("ftrl", "mse", metrics=["mae", keras.metrics.RootMeanSquaredError()])
    return Case(model, d.floats(6), d.floats(1))


@example
def collaborative_filtering(d):
    user = keras.Input((1,), dtype="int32", name="user")
    film = keras.Input((1,), dtype="int32", name="film")
    start = dict(embeddings_initializer="he_normal", embeddings_regularizer=keras.regularizers.L2(1e-4))
    u, f = L.Embedding(12, 4, **start)(user), L.Embedding(9, 4, **start)(film)
    near = L.Dot(axes=(2, 2))([u, f])
    near = near + L.Embedding(12, 1)(user) + L.Embedding(9, 1)(film)
    model = keras.Model([user, film], ops.sigmoid(L.Flatten()(near)))
    model.compile(keras.optimizers.Adam(0.001), keras.losses.BinaryCrossentropy())
    return Case(model, [d.whole(12, 1), d.whole(9, 1)], d.pixels(1))


@example
def two_tower_hashed(d):
    """Names that no vocabulary knows, hashed into rows of a table."""
    name = keras.Input((1,), dtype="string", name="name")
    town = keras.Input((1,), dtype="string", name="town")
    a = L.Embedding(16, 4)(L.Hashing(num_bins=16)(name))
    both = L.HashedCrossing(num_bins=12, output_mode="one_hot")((name, town))
    h = L.Concatenate()([L.Flatten()(a), both])
    model = keras.Model([name, town], L.Dense(2, activation="softmax")(h))
    model.compile("adam", "categorical_crossentropy")
    x = [d.chosen(["ann", "bob", "cem", "dörte"]).astype(object), d.chosen(["x", "y"]).astype(object)]
    return Case(model, x, d.one_hot(2))


def gated(d, x, units):
    h = L.Dense(units)(L.Dense(units, activation="elu")(x))
    h = d.dropout(0.1)(h)
    h = L.Dense(units)(h) * L.Dense(units, activation="sigmoid")(h)
    skip = x if x.shape[-1] == units else L.Dense(units)(x)
    return L.LayerNormalization()(skip + h)


@example
def gated_residual_tables(d):
    """Each column is given a weight by all of them."""
    xs = [keras.Input((1,), name=f"column_{i}") for i in range(4)]
    embedded = [L.Dense(5)(x) for x in xs]
    weights = gated(d, L.Concatenate()(embedded), 5)
    weights = L.Dense(4, activation="softmax")(weights)[:, :, None]
    columns = ops.stack([gated(d, e, 5) for e in embedded], axis=1)
    h = ops.squeeze(ops.matmul(ops.transpose(weights, (0, 2, 1)), columns), axis=1)
    model = keras.Model(xs, L.Dense(1, activation="sigmoid")(h))
    model.compile("adam", "binary_crossentropy", metrics=[keras.metrics.BinaryAccuracy(name="accuracy")])
    return Case(model, [d.floats(1) for _ in xs], d.bits(1))


@example
def tab_transformer(d):
    """Categories attend to each other; numbers join them afterwards."""
    kinds = keras.Input((4,), dtype="int32", name="kinds")
    numbers = keras.Input((3,), name="numbers")
    h = L.Embedding(12, 6)(kinds)
    for _ in range(2):
        a = L.MultiHeadAttention(2, 6, dropout=d.rate(0.2))(h, h)
        h = L.LayerNormalization(epsilon=1e-6)(L.Add()([a, h]))
        f = L.Dense(6)(d.dropout(0.2)(L.Dense(12, activation="gelu")(h)))
        h = L.LayerNormalization(epsilon=1e-6)(L.Add()([f, h]))
    h = L.Concatenate()([L.Flatten()(h), L.LayerNormalization()(numbers)])
    h = L.Dense(6, activation="selu")(L.BatchNormalization()(h))
    model = keras.Model([kinds, numbers], L.Dense(1, activation="sigmoid")(h))
    model.compile(keras.optimizers.AdamW(1e-3, weight_decay=1e-4), "binary_crossentropy", metrics=["accuracy"])
    return Case(model, [d.whole(12, 4), d.floats(3)], d.bits(1), sample_weight=d.pixels())


@example
def self_normalizing(d):
    model = keras.Sequential([keras.Input((10,))])
    for _ in range(3):
        model.add(L.Dense(8, kernel_initializer="lecun_normal", activation="selu"))
        model.add(L.AlphaDropout(d.rate(0.1)))
    model.add(L.Dense(4, activation="softmax"))
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Case(model, d.floats(10), d.one_hot(4))


@example
def quantile_outputs(d):
    """Three forecasts of one quantity, each with its own loss and weight."""
    x = keras.Input((5,), name="features")
    h = L.Dense(8, activation="tanh")(x)
    names = ("low", "middle", "high")
    model = keras.Model(x, {name: L.Dense(1, name=name)(h) for name in names})
    model.compile(
        keras.optimizers.Nadam(0.002),
        loss={"low": "mae", "middle": keras.losses.Huber(0.5), "high": "log_cosh"},
        loss_weights={"low": 0.5, "middle": 1.0, "high": 0.25},
        metrics={"middle": ["mse", "mae"], "high": ["mape"]},
    )
    return Case(model, d.floats(5), {name: d.floats(1) for name in names})


@example
def ordinal_regression(d):
    """A probability a threshold; thresholds are ordered by a sum of positive steps."""
    x = keras.Input((6,))
    score = L.Dense(1)(L.Dense(8, activation="relu")(x))
    steps = ops.cumsum(L.Dense(3, activation="softplus")(ops.ones_like(score)), axis=-1)
    model = keras.Model(x, ops.sigmoid(score - steps))
    model.compile("adam", "binary_crossentropy", metrics=["mae", keras.metrics.BinaryAccuracy(threshold=0.4)])
    grades = d.whole(4)
    y = (grades[:, None] > np.arange(3)).astype("float32")
    return Case(model, d.floats(6), y)


@example
def imbalanced_fraud(d):
    model = keras.Sequential(
        [
            keras.Input((7,)),
            L.Dense(8, activation="relu"),
            d.dropout(0.3),
            L.Dense(8, activation="relu"),
            L.Dense(1, activation="sigmoid"),
        ]
    )
    kinds = (keras.metrics.FalseNegatives, keras.metrics.FalsePositives, keras.metrics.TrueNegatives)
    metrics = [kind(name=kind.__name__) for kind in kinds + (keras.metrics.TruePositives,)]
    metrics += [keras.metrics.Precision(), keras.metrics.Recall(), keras.metrics.AUC(curve="PR")]
    model.compile(keras.optimizers.Adam(1e-2), "binary_crossentropy", metrics=metrics)
    return Case(model, d.floats(7), d.bits(1), class_weight={0: 0.4, 1: 1.7})


@example
def graph_nodes(d):
    """Papers that cite each other: each node gathers from those it is bound to."""
    nodes = keras.Input((6, 5), name="nodes")
    bound = keras.Input((6, 6), name="bound")
    h = nodes
    for units in (8, 4):
        h = ops.relu(ops.matmul(bound, L.Dense(units, use_bias=False)(h)))
        h = h / (ops.sqrt(ops.sum(ops.square(h), axis=-1, keepdims=True)) + 1e-6)
    pooled = ops.max(h, axis=1)
    model = keras.Model([nodes, bound], L.Dense(3)(pooled))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adamax", loss, metrics=["sparse_categorical_accuracy"])
    return Case(model, [d.floats(6, 5), d.bits(6, 6)], d.whole(3))


@example
def behavior_sequence(d):
    """What a user saw before, and the film in question last, read by attention."""
    seen = keras.Input((5,), dtype="string", name="seen")
    film = keras.Input((1,), dtype="string", name="film")
    age = keras.Input((1,), dtype="float32", name="age")
    lookup = L.StringLookup(vocabulary=["alien", "brazil", "casablanca", "diva"], mask_token=None)
    table = L.Embedding(5, 6)
    h = L.Concatenate(axis=1)([table(lookup(seen)), table(lookup(film))])
    a = L.MultiHeadAttention(2, 3)(h, h)
    h = L.LayerNormalization()(L.Add()([h, L.LeakyReLU()(a)]))
    h = L.Concatenate()([L.Flatten()(h), age])
    model = keras.Model([seen, film, age], L.Dense(1)(L.BatchNormalization()(L.Dense(8)(h))))
    model.compile(keras.optimizers.Adagrad(0.01), "mse", metrics=["mae"])
    films = np.array(["alien", "brazil", "casablanca", "diva", "elf"], dtype=object)
    x = [films[d.whole(5, 5)], films[d.whole(5, 1)], d.pixels(1)]
    return Case(model, x, d.floats(1))
