"""Networks for images by their blocks, models within models, and generators."""

import keras
from keras import ops

from . import Case, L, example


@example
def mobile_blocks(d):
    x = keras.Input((16, 16, 3))
    h = L.ReLU(6.0)(L.BatchNormalization()(L.Conv2D(6, 3, strides=2, padding="same", use_bias=False)(x)))
    for stride, filters in ((1, 6), (2, 8), (1, 8)):
        skip = h
        for layer in (
            L.Conv2D(2 * h.shape[-1], 1, use_bias=False),
            L.DepthwiseConv2D(3, strides=stride, padding="same", use_bias=False),
        ):
            h = L.ReLU(6.0)(L.BatchNormalization(epsilon=1e-3, momentum=0.999)(layer(h)))
        h = L.BatchNormalization(epsilon=1e-3, momentum=0.999)(L.Conv2D(filters, 1, use_bias=False)(h))
        h = L.Add()([skip, h]) if stride == 1 and skip.shape[-1] == filters else h
    h = L.GlobalAveragePooling2D(keepdims=True)(h)
    model = keras.Model(x, L.Reshape((4,))(L.Conv2D(4, 1, activation="softmax")(h)))
    model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    return Case(model, d.pixels(16, 16, 3), d.one_hot(4))


@example
def dense_blocks(d):
    x = keras.Input((12, 12, 3))
    h = L.Conv2D(6, 3, padding="same")(x)
    for _ in range(2):
        for _ in range(2):
            n = L.Activation("relu")(L.BatchNormalization(epsilon=1.001e-5)(h))
            h = L.Concatenate()([h, L.Conv2D(4, 3, padding="same", use_bias=False)(n)])
        h = L.AveragePooling2D(2, strides=2)(L.Conv2D(6, 1)(h))
    model = keras.Model(x, L.Dense(4, activation="softmax")(L.GlobalAveragePooling2D()(h)))
    model.compile(keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True), "categorical_crossentropy")
    return Case(model, d.pixels(12, 12, 3), d.one_hot(4))


@example
def resnet_group_norm(d):
    x = h = keras.Input((12, 12, 4))
    for filters, stride in ((4, 1), (8, 2)):
        n = L.Activation("relu")(L.GroupNormalization(groups=2)(h))
        skip = h if stride == 1 else L.Conv2D(filters, 1, strides=stride)(n)
        n = L.Conv2D(filters, 3, strides=stride, padding="same")(n)
        n = L.Activation("relu")(L.GroupNormalization(groups=-1)(n))
        h = skip + L.Conv2D(filters, 3, padding="same", kernel_regularizer="l2")(n)
    model = keras.Model(x, L.Dense(3)(L.GlobalAveragePooling2D()(h)))
    schedule = keras.optimizers.schedules.CosineDecay(0.1, 20, warmup_target=0.2, warmup_steps=2)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(schedule, momentum=0.9), loss, metrics=["accuracy"])
    return Case(model, d.pixels(12, 12, 4), d.whole(3))


@example
def squeeze_and_excite(d):
    x = keras.Input((12, 12, 3))
    h = L.Activation("swish")(L.BatchNormalization()(L.Conv2D(6, 3, padding="same", use_bias=False)(x)))
    for _ in range(2):
        skip = h
        h = L.Activation("swish")(L.BatchNormalization()(L.DepthwiseConv2D(3, padding="same")(h)))
        s = L.Reshape((1, 1, 6))(L.GlobalAveragePooling2D()(h))
        s = L.Conv2D(6, 1, activation="sigmoid")(L.Conv2D(2, 1, activation="swish")(s))
        h = L.Conv2D(6, 1, use_bias=False)(L.multiply([h, s]))
        h = L.Dropout(d.rate(0.2), noise_shape=(None, 1, 1, 1))(L.BatchNormalization()(h))
        h = L.add([h, skip])
    model = keras.Model(x, L.Dense(3, activation="softmax")(L.GlobalAveragePooling2D()(h)))
    model.compile("adam", "categorical_crossentropy", metrics=["top_k_categorical_accuracy"])
    return Case(model, d.pixels(12, 12, 3), d.one_hot(3))


@example
def ct_scans(d):
    x = keras.Input((12, 12, 8, 1))
    h = x
    for filters in (4, 6):
        h = L.Conv3D(filters=filters, kernel_size=3, activation="relu", padding="same")(h)
        h = L.BatchNormalization()(L.MaxPooling3D(pool_size=2)(h))
    h = L.Dense(units=8, activation="relu")(L.GlobalAveragePooling3D()(h))
    model = keras.Model(x, L.Dense(1, activation="sigmoid")(d.dropout(0.3)(h)), name="3dcnn")
    schedule = keras.optimizers.schedules.ExponentialDecay(0.001, 3, 0.96, staircase=True)
    model.compile(keras.optimizers.Adam(schedule), "binary_crossentropy", metrics=["acc"])
    return Case(model, d.pixels(12, 12, 8, 1), d.bits(1))


@example
def volume_segmentation(d):
    """A U-Net of three dimensions; what is rare counts more."""
    x = keras.Input((8, 8, 8, 1))
    a = L.Conv3D(4, 3, padding="same", activation="relu")(x)
    b = L.Conv3D(6, 3, padding="same", activation="relu")(L.AveragePooling3D(2)(a))
    b = L.SpatialDropout3D(d.rate(0.1))(b)
    up = L.Conv3DTranspose(4, 2, strides=2)(b) + L.UpSampling3D(2)(L.Conv3D(4, 1)(b))
    h = L.Cropping3D(1)(L.ZeroPadding3D(1)(L.Concatenate()([up, a])))
    model = keras.Model(x, L.Conv3D(1, 1, activation="sigmoid")(h))
    model.compile("adam", keras.losses.Tversky(0.3, 0.7), metrics=[keras.metrics.BinaryIoU([0, 1])])
    return Case(model, d.pixels(8, 8, 8, 1), d.bits(8, 8, 8, 1))


@example
def video_convlstm(d):
    """The next frames of a film."""
    x = keras.Input((None, 8, 8, 1))
    h = L.ConvLSTM2D(4, (5, 5), padding="same", return_sequences=True, activation="relu")(x)
    h = L.BatchNormalization()(h)
    h = L.ConvLSTM2D(4, (1, 1), padding="same", return_sequences=True, activation="relu")(h)
    model = keras.Model(x, L.Conv3D(1, (3, 3, 3), activation="sigmoid", padding="same")(h))
    model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam())
    return Case(model, d.pixels(4, 8, 8, 1), d.pixels(4, 8, 8, 1))


@example
def video_frames(d):
    """A convolution for each frame, and a recurrent layer over them."""
    x = keras.Input((5, 10, 10, 3))
    h = L.TimeDistributed(L.Conv2D(4, 3, activation="relu"))(x)
    h = L.TimeDistributed(L.MaxPooling2D())(h)
    h = L.TimeDistributed(L.Flatten())(h)
    h = L.GRU(4)(L.GRU(6, return_sequences=True)(h))
    model = keras.Model(x, L.Dense(3, activation="softmax")(d.dropout(0.4)(h)))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, d.pixels(5, 10, 10, 3), d.whole(3))


@example
def video_features(d):
    """Features of frames, and an input that says which frames there are."""
    features = keras.Input((6, 5), name="features")
    there = keras.Input((6,), dtype="bool", name="there")
    h = L.GRU(6, return_sequences=True)(features, mask=there)
    h = L.Dense(4, activation="relu")(d.dropout(0.4)(L.GRU(4)(h)))
    model = keras.Model([features, there], L.Dense(3, activation="softmax")(h))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, [d.floats(6, 5), d.padded(d.whole(2, 6, start=1)) > 0], d.whole(3))


@example
def point_cloud(d):
    """PointNet: a small network gives a matrix that turns the points first."""
    x = keras.Input((16, 3))

    def conv(h, filters):
        h = L.Conv1D(filters, kernel_size=1, padding="valid")(h)
        return L.Activation("relu")(L.BatchNormalization(momentum=0.0)(h))

    t = L.GlobalMaxPooling1D()(conv(conv(x, 6), 8))
    turn = L.Dense(
        9,
        kernel_initializer="zeros",
        bias_initializer=keras.initializers.Constant(0.3),
        activity_regularizer=keras.regularizers.L2(0.001),
    )(t)
    h = L.Dot(axes=(2, 1))([x, L.Reshape((3, 3))(turn)])
    h = L.GlobalMaxPooling1D()(conv(conv(h, 6), 8))
    model = keras.Model(x, L.Dense(4, activation="softmax")(d.dropout(0.3)(h)), name="pointnet")
    metrics = ["sparse_categorical_accuracy"]
    model.compile(keras.optimizers.Adam(0.001), "sparse_categorical_crossentropy", metrics=metrics)
    return Case(model, d.floats(16, 3), d.whole(4, 1))


@example
def vae_encoder(d):
    x = keras.Input((12, 12, 1))
    h = L.Conv2D(4, 3, activation="relu", strides=2, padding="same")(x)
    h = L.Dense(8, activation="relu")(L.Flatten()(h))
    model = keras.Model(x, [L.Dense(2, name="z_mean")(h), L.Dense(2, name="z_log_var")(h)], name="encoder")
    model.compile("adam", loss=["mse", "mae"], loss_weights=[1.0, 0.1])
    return Case(model, d.pixels(12, 12, 1), [d.floats(2), d.floats(2)])


@example
def vae_decoder(d):
    z = keras.Input((2,))
    h = L.Reshape((3, 3, 4))(L.Dense(3 * 3 * 4, activation="relu")(z))
    h = L.Conv2DTranspose(6, 3, activation="relu", strides=2, padding="same")(h)
    h = L.Conv2DTranspose(4, 3, activation="relu", strides=2, padding="same")(h)
    h = L.Conv2DTranspose(1, 3, activation="sigmoid", padding="same")(h)
    model = keras.Model(z, h, name="decoder")
    model.compile("adam", "binary_crossentropy")
    return Case(model, d.floats(2), d.pixels(12, 12, 1))


def discriminator(d):
    return keras.Sequential(
        [
            keras.Input((12, 12, 3)),
            L.Conv2D(4, kernel_size=4, strides=2, padding="same"),
            L.LeakyReLU(negative_slope=0.2),
            L.Conv2D(6, kernel_size=4, strides=2, padding="same"),
            L.LeakyReLU(negative_slope=0.2),
            L.Flatten(),
            d.dropout(0.2),
            L.Dense(1, activation="sigmoid"),
        ],
        name="discriminator",
    )


@example
def gan_discriminator(d):
    model = discriminator(d)
    model.compile(keras.optimizers.Adam(0.0001, beta_1=0.5), keras.losses.BinaryCrossentropy())
    return Case(model, d.pixels(12, 12, 3), d.bits(1) * 0.95)


@example
def gan_combined(d):
    """The generator is trained through a judge that is frozen."""
    generator = keras.Sequential(
        [
            keras.Input((6,)),
            L.Dense(3 * 3 * 4),
            L.Reshape((3, 3, 4)),
            L.Conv2DTranspose(6, kernel_size=4, strides=2, padding="same"),
            L.LeakyReLU(negative_slope=0.2),
            L.Conv2DTranspose(8, kernel_size=4, strides=2, padding="same"),
            L.LeakyReLU(negative_slope=0.2),
            L.Conv2D(3, kernel_size=5, padding="same", activation="sigmoid"),
        ],
        name="generator",
    )
    judge = discriminator(d)
    judge.trainable = False
    model = keras.Sequential([keras.Input((6,)), generator, judge])
    model.compile(keras.optimizers.Adam(0.001), keras.losses.BinaryCrossentropy())
    return Case(model, d.floats(6), d.bits(1))


@example
def spectral_discriminator(d):
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            L.SpectralNormalization(L.Conv2D(4, 3, strides=2, padding="same")),
            L.LeakyReLU(0.2),
            L.Flatten(),
            L.SpectralNormalization(L.Dense(1), power_iterations=2),
        ]
    )
    model.compile(keras.optimizers.Adam(0.002), "hinge")
    return Case(model, d.pixels(8, 8, 3), d.bits(1) * 2 - 1)


@example
def nested_outputs(d):
    """A backbone that gives three sizes, and heads that are models as well."""
    x = keras.Input((16, 16, 3))
    sizes, h = [], x
    for filters in (4, 6, 8):
        h = L.Conv2D(filters, 3, strides=2, padding="same", activation="relu")(h)
        sizes.append(h)
    backbone = keras.Model(x, sizes, name="backbone")
    feature = keras.Input((None, None, 5))
    head = keras.Model(feature, L.Conv2D(2, 3, padding="same")(feature), name="head")
    image = keras.Input((16, 16, 3), name="image")
    narrowed = [L.Conv2D(5, 1)(s) for s in backbone(image)]
    top = narrowed[1] + L.UpSampling2D(2, interpolation="bilinear")(narrowed[2])
    outputs = {"fine": head(narrowed[0] + L.UpSampling2D(2)(top)), "coarse": head(top)}
    model = keras.Model(image, outputs)
    model.compile("adam", {"fine": "mse", "coarse": "mae"}, metrics={"coarse": "mse"})
    return Case(model, d.pixels(16, 16, 3), {"fine": d.floats(8, 8, 2), "coarse": d.floats(4, 4, 2)})


@example
def sparse_autoencoder(d):
    """What the hidden units say is added to the loss."""
    x = keras.Input((10,))
    h = L.Dense(6, activation="relu", activity_regularizer=keras.regularizers.L1(1e-3))(x)
    h = L.ActivityRegularization(l1=1e-3, l2=1e-2)(L.GaussianNoise(d.rate(0.1))(h))
    model = keras.Model(x, L.Dense(10, activation="sigmoid")(h))
    model.compile("adadelta", "binary_crossentropy")
    values = d.pixels(10)
    return Case(model, values, values)


@example
def relu_squared_gates(d):
    """Odds and ends of operations that models have between their layers."""
    x = keras.Input((6, 8))
    h = ops.square(ops.relu(L.Dense(8)(x))) * 0.5
    first, rest = h[:, :2], h[:, 2:]
    h = ops.concatenate([ops.flip(rest, axis=1), ops.roll(first, 1, axis=-1)], axis=1)
    h = ops.where(h > 0.1, h, ops.tanh(h)) + ops.mean(h, axis=1, keepdims=True)
    h = ops.einsum("btc,bsc->bts", h, x) / ops.sqrt(8.0)
    y = L.EinsumDense("bts,sc->btc", output_shape=(None, 3), bias_axes="c")(ops.softmax(h))
    model = keras.Model(x, ops.clip(ops.max(y, axis=1), -3.0, 3.0))
    model.compile("lion", "kl_divergence")
    return Case(model, d.floats(6, 8), d.one_hot(3))
