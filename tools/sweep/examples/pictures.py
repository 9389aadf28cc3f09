"""Images: classes, places, pairs, and images out of images."""

import keras
from keras import ops

from . import Case, L, example, positions


@example
def mnist_convnet(d):
    model = keras.Sequential(
        [
            keras.Input((12, 12, 1)),
            L.Conv2D(4, kernel_size=(3, 3), activation="relu"),
            L.MaxPooling2D(pool_size=(2, 2)),
            L.Conv2D(6, kernel_size=(3, 3), activation="relu"),
            L.Flatten(),
            d.dropout(0.5),
            L.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Case(model, d.pixels(12, 12, 1), d.one_hot(10))


@example
def captcha_ocr(d):
    """Columns of an image become steps in time; CTC finds where the letters lie."""
    image = keras.Input((24, 8, 1), name="image")
    h = L.Conv2D(4, 3, activation="relu", kernel_initializer="he_normal", padding="same")(image)
    h = L.MaxPooling2D((2, 2))(h)
    h = L.Reshape(target_shape=(12, 16))(h)
    h = d.dropout(0.2)(L.Dense(8, activation="relu")(h))
    h = L.Bidirectional(L.LSTM(6, return_sequences=True, dropout=d.rate(0.25)))(h)
    h = L.Bidirectional(L.LSTM(5, return_sequences=True, dropout=d.rate(0.25)))(h)
    model = keras.Model(image, L.Dense(7, name="letters")(h))
    model.compile(keras.optimizers.Adam(), keras.losses.CTC())
    return Case(model, d.pixels(24, 8, 1), d.padded(d.whole(7, 4, start=1), least=2))


def encoder_block(d, h, width):
    n = L.LayerNormalization(epsilon=1e-6)(h)
    h = L.Add()([L.MultiHeadAttention(2, width, dropout=d.rate(0.1))(n, n), h])
    n = L.LayerNormalization(epsilon=1e-6)(h)
    for units in (2 * width, width):
        n = d.dropout(0.1)(L.Dense(units, activation=keras.activations.gelu)(n))
    return L.Add()([n, h])


@example
def vision_transformer(d):
    x = keras.Input((12, 12, 3))
    patches = L.Conv2D(8, 4, strides=4, padding="valid")(x)
    patches = L.Reshape((9, 8))(patches)
    h = patches + L.Embedding(9, 8)(positions(patches[:, :, 0]))
    for _ in range(2):
        h = encoder_block(d, h, 8)
    h = d.dropout(0.5)(L.Flatten()(L.LayerNormalization(epsilon=1e-6)(h)))
    model = keras.Model(x, L.Dense(5)(L.Dense(8, activation="gelu")(h)))
    model.compile(
        keras.optimizers.AdamW(learning_rate=0.001, weight_decay=0.0001),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy"),
         keras.metrics.SparseTopKCategoricalAccuracy(2, name="top-2-accuracy")],
    )  # fmt: skip
    return Case(model, d.pixels(12, 12, 3), d.whole(5, 1))


@example
def compact_transformer(d):
    """A convolution as tokenizer, and a weighted mean over the sequence in place of a class token."""
    x = h = keras.Input((12, 12, 3))
    for filters in (6, 8):
        h = L.Conv2D(filters, 3, use_bias=False, activation="relu", kernel_initializer="he_normal")(
            L.ZeroPadding2D(1)(h)
        )
        h = L.MaxPooling2D(3, 2, "same")(h)
    h = L.Reshape((-1, 8))(h)
    h = encoder_block(d, encoder_block(d, h, 8), 8)
    h = L.LayerNormalization(epsilon=1e-5)(h)
    share = ops.softmax(L.Dense(1)(h), axis=1)
    h = L.Flatten()(ops.matmul(ops.transpose(share, (0, 2, 1)), h))
    model = keras.Model(x, L.Dense(4)(h))
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)
    model.compile(keras.optimizers.AdamW(0.001), loss, metrics=["accuracy"])
    return Case(model, d.pixels(12, 12, 3), d.one_hot(4))


@example
def mlp_mixer(d):
    x = keras.Input((12, 12, 3))
    h = L.Reshape((9, 8))(L.Conv2D(8, 4, 4)(x))
    for _ in range(2):
        n = L.Permute((2, 1))(L.LayerNormalization()(h))
        n = L.Dense(9)(d.dropout(0.2)(L.Dense(12, activation="gelu")(n)))
        h = h + L.Permute((2, 1))(n)
        n = L.LayerNormalization()(h)
        h = h + L.Dense(8)(d.dropout(0.2)(L.Dense(12, activation="gelu")(n)))
    h = d.dropout(0.2)(L.GlobalAveragePooling1D()(h))
    model = keras.Model(x, L.Dense(4)(h))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.AdamW(0.005, weight_decay=1e-4), loss, metrics=["acc"])
    return Case(model, d.pixels(12, 12, 3), d.whole(4))


@example
def gated_mlp(d):
    """A half of the channels, mixed over space, is the gate of the other half."""
    x = keras.Input((9, 6))
    n = L.Dense(12, activation="gelu")(L.LayerNormalization(epsilon=1e-6)(x))
    u, v = ops.split(n, 2, axis=-1)
    v = L.Permute((2, 1))(L.LayerNormalization(epsilon=1e-6)(v))
    v = L.Permute((2, 1))(L.Dense(9, bias_initializer="ones")(v))
    h = x + L.Dense(6)(u * v)
    model = keras.Model(x, L.Dense(3)(L.GlobalAveragePooling1D()(h)))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return Case(model, d.floats(9, 6), d.whole(3))


@example
def conv_mixer(d):
    x = keras.Input((12, 12, 3))
    h = L.Rescaling(1.0 / 255)(x)
    h = L.BatchNormalization()(L.Activation("gelu")(L.Conv2D(6, 2, strides=2)(h)))
    for _ in range(2):
        near = L.DepthwiseConv2D(3, padding="same")(h)
        h = L.Add()([L.BatchNormalization()(L.Activation("gelu")(near)), h])
        h = L.BatchNormalization()(L.Activation("gelu")(L.Conv2D(6, 1)(h)))
    model = keras.Model(x, L.Dense(4, activation="softmax")(L.GlobalAveragePooling2D()(h)))
    model.compile(keras.optimizers.AdamW(0.001), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, d.pixels(12, 12, 3) * 255, d.whole(4))


def tower(side=10):
    x = keras.Input((side, side, 1))
    h = L.Conv2D(4, 5, activation="tanh")(L.BatchNormalization()(x))
    h = L.Flatten()(L.AveragePooling2D(pool_size=(2, 2))(h))
    return keras.Model(x, L.Dense(5, activation="tanh")(L.BatchNormalization()(h)), name="tower")


@example
def siamese_contrastive(d):
    first, second = keras.Input((10, 10, 1), name="first"), keras.Input((10, 10, 1), name="second")
    shared = tower()
    a, b = shared(first), shared(second)
    total = ops.sum(ops.square(a - b), axis=1, keepdims=True)
    apart = ops.sqrt(ops.maximum(total, keras.config.epsilon()))
    y = L.Dense(1, activation="sigmoid")(L.BatchNormalization()(apart))
    model = keras.Model([first, second], y)
    model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
    return Case(model, [d.pixels(10, 10, 1), d.pixels(10, 10, 1)], d.bits(1))


@example
def triplet_distances(d):
    """What an anchor is nearer to; the hinge is an output that is to become 0."""
    names = ("anchor", "positive", "negative")
    xs = [keras.Input((10, 10, 1), name=name) for name in names]
    shared = tower()
    anchor, near, far = [L.UnitNormalization()(shared(x)) for x in xs]
    closer = ops.sum(ops.square(anchor - near), -1) - ops.sum(ops.square(anchor - far), -1)
    hinge = ops.expand_dims(ops.maximum(closer + 0.5, 0.0), -1)
    model = keras.Model(dict(zip(names, xs)), hinge)
    model.compile(keras.optimizers.Adam(0.0001), "mae")
    return Case(model, {name: d.pixels(10, 10, 1) for name in names}, d.floats(1) * 0)


@example
def detection_two_heads(d):
    image = keras.Input((16, 16, 3), name="image")
    h = L.MaxPooling2D()(L.Conv2D(6, 3, activation="relu")(image))
    h = L.Flatten()(L.Conv2D(8, 3, activation="relu")(h))
    box = L.Dense(4, activation="sigmoid", name="box")(L.Dense(8, activation="relu")(h))
    label = L.Dense(5, activation="softmax", name="label")(d.dropout(0.2)(h))
    model = keras.Model(image, [box, label])
    model.compile(
        optimizer="adam",
        loss={"box": "mean_squared_error", "label": "sparse_categorical_crossentropy"},
        loss_weights={"box": 2.0, "label": 0.5},
        metrics={"box": "mae", "label": "accuracy"},
    )
    return Case(model, d.pixels(16, 16, 3), {"box": d.pixels(4), "label": d.whole(5)})


@example
def unet_segmentation(d):
    """Pixels of three kinds, as in the page on pets: separable blocks down, transposed ones up."""
    x = keras.Input((16, 16, 3))
    h = L.Activation("relu")(L.BatchNormalization()(L.Conv2D(4, 3, strides=2, padding="same")(x)))
    before = h
    for filters in (6, 8):
        for _ in range(2):
            h = L.SeparableConv2D(filters, 3, padding="same")(L.Activation("relu")(h))
            h = L.BatchNormalization()(h)
        h = L.MaxPooling2D(3, strides=2, padding="same")(h)
        h = before = L.add([h, L.Conv2D(filters, 1, strides=2, padding="same")(before)])
    for filters in (8, 6, 4):
        for _ in range(2):
            h = L.Conv2DTranspose(filters, 3, padding="same")(L.Activation("relu")(h))
            h = L.BatchNormalization()(h)
        side = L.Conv2D(filters, 1, padding="same")(L.UpSampling2D(2)(before))
        h = before = L.add([L.UpSampling2D(2)(h), side])
    model = keras.Model(x, L.Conv2D(3, 3, activation="softmax", padding="same")(h))
    model.compile(keras.optimizers.Adam(1e-4), "sparse_categorical_crossentropy")
    return Case(model, d.pixels(16, 16, 3), d.whole(3, 16, 16, 1))


@example
def unet_dice(d):
    """Skips that are concatenated; two losses that look at areas."""
    x = keras.Input((16, 16, 1))
    a = L.Conv2D(4, 3, padding="same", activation="relu")(x)
    b = L.Conv2D(6, 3, padding="same", activation="relu")(L.MaxPooling2D()(a))
    c = L.Conv2D(8, 3, padding="same", activation="relu")(L.MaxPooling2D()(d.dropout(0.1)(b)))
    b = L.Concatenate()([L.Conv2DTranspose(6, 2, strides=2)(c), b])
    b = L.Conv2D(6, 3, padding="same", activation="relu")(b)
    a = L.Concatenate()([L.Conv2DTranspose(4, (2, 2), strides=(2, 2), padding="same")(b), a])
    model = keras.Model(x, L.Conv2D(1, 1, activation="sigmoid")(a))
    metrics = [keras.metrics.BinaryIoU([1], 0.5), keras.metrics.MeanIoU(2, name="iou")]
    model.compile("adam", keras.losses.Dice(), metrics=metrics[:1])
    return Case(model, d.pixels(16, 16, 1), d.bits(16, 16, 1))


@example
def super_resolution(d):
    """Channels become pixels by reshapes and a transpose."""
    x = keras.Input((8, 8, 1))
    h = L.Conv2D(8, 5, activation="relu", kernel_initializer="orthogonal", padding="same")(x)
    h = L.Conv2D(9, 3, activation="relu", kernel_initializer="orthogonal", padding="same")(h)
    h = ops.reshape(h, (-1, 8, 8, 3, 3, 1))
    h = ops.transpose(h, (0, 1, 3, 2, 4, 5))
    model = keras.Model(x, ops.reshape(h, (-1, 24, 24, 1)))
    model.compile(keras.optimizers.Adam(0.001), keras.losses.MeanSquaredError())
    return Case(model, d.pixels(8, 8, 1), d.pixels(24, 24, 1))


@example
def denoising_autoencoder(d):
    x = keras.Input((12, 12, 1))
    h = L.Conv2D(6, (3, 3), activation="relu", padding="same")(x)
    h = L.MaxPooling2D((2, 2), padding="same")(h)
    h = L.Conv2D(6, (3, 3), activation="relu", padding="same")(h)
    h = L.MaxPooling2D((2, 2), padding="same")(h)
    h = L.Conv2DTranspose(6, (3, 3), strides=2, activation="relu", padding="same")(h)
    h = L.Conv2DTranspose(6, (3, 3), strides=2, activation="relu", padding="same")(h)
    h = L.Conv2D(1, (3, 3), activation="sigmoid", padding="same")(h)
    model = keras.Model(x, h)
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return Case(model, d.pixels(12, 12, 1), d.pixels(12, 12, 1))


@example
def image_captioning(d):
    """Words look back at words, and at the places of an image."""
    image = keras.Input((8, 8, 3), name="image")
    words = keras.Input((None,), dtype="int64", name="words")
    places = L.Reshape((-1, 8))(L.Conv2D(8, 3, strides=2, padding="same", activation="relu")(image))
    seen = L.Dense(8, activation="relu")(L.LayerNormalization()(places))
    h = L.Embedding(16, 8, mask_zero=True)(words)
    h = L.LayerNormalization()(h + L.MultiHeadAttention(2, 8)(h, h, use_causal_mask=True))
    h = L.LayerNormalization()(h + L.MultiHeadAttention(2, 8)(query=h, value=seen, key=seen))
    model = keras.Model([image, words], L.Dense(16, activation="softmax")(d.dropout(0.3)(h)))
    model.compile("adam", "sparse_categorical_crossentropy")
    x = [d.pixels(8, 8, 3), d.padded(d.whole(16, 6, start=1, dtype="int64"))]
    return Case(model, x, d.whole(16, 6))


@example
def image_augmentation(d):
    x = keras.Input((16, 16, 3))
    h = d.augmented(
        x,
        L.RandomFlip("horizontal"),
        L.RandomRotation(0.1),
        L.RandomZoom(height_factor=(-0.05, -0.15)),
        L.RandomContrast(0.2, value_range=(0, 255)),
        L.RandomTranslation(0.1, 0.1),
    )
    h = L.CenterCrop(12, 12)(h)
    h = L.Conv2D(4, 3, strides=2, activation="relu")(L.Rescaling(1 / 127.5, offset=-1)(h))
    model = keras.Model(x, L.Dense(1)(d.dropout(0.25)(L.GlobalMaxPooling2D()(h))))
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(3e-4), loss, metrics=[keras.metrics.BinaryAccuracy(name="acc")])
    return Case(model, d.pixels(16, 16, 3) * 255, d.bits(1))


@example
def rand_augment(d):
    """More of the layers that change images in training alone."""
    x = keras.Input((16, 16, 3))
    h = d.augmented(
        x,
        L.RandAugment(value_range=(0, 255), num_ops=2, factor=0.3),
        L.RandomColorJitter(value_range=(0, 255), brightness_factor=0.1, hue_factor=0.1),
        L.RandomSharpness(0.2, value_range=(0, 255)),
        L.RandomGrayscale(0.3),
    )
    h = L.Flatten()(L.Resizing(4, 4)(h / 255.0))
    model = keras.Model(x, L.Dense(3, activation="softmax")(h))
    model.compile("adam", "categorical_focal_crossentropy", metrics=[keras.metrics.F1Score(average="macro")])
    return Case(model, d.pixels(16, 16, 3) * 255, d.one_hot(3))
