"""Models with classes of a page's own, which Java has to have as well: see `OwnLayers`."""

import keras
from keras import ops

from . import Case, L, example


@keras.saving.register_keras_serializable(package="page")
class Patches(L.Layer):
    """Cuts an image into squares, a row each."""

    def __init__(self, patch_size, **kwargs):
        super().__init__(**kwargs)
        self.patch_size = patch_size

    def call(self, images):
        patches = ops.image.extract_patches(images, size=self.patch_size)
        count = patches.shape[1] * patches.shape[2]
        return ops.reshape(patches, (-1, count, patches.shape[3]))

    def get_config(self):
        return {**super().get_config(), "patch_size": self.patch_size}


@keras.saving.register_keras_serializable(package="page")
class PatchEncoder(L.Layer):
    """Says what each square holds, and where it lies."""

    def __init__(self, num_patches, projection_dim, **kwargs):
        super().__init__(**kwargs)
        self.num_patches = num_patches
        self.projection_dim = projection_dim
        self.projection = L.Dense(projection_dim)
        self.position_embedding = L.Embedding(num_patches, projection_dim)

    def build(self, shape):
        self.projection.build(shape)
        self.position_embedding.build((1, self.num_patches))

    def call(self, patches):
        where = ops.expand_dims(ops.arange(0, self.num_patches), 0)
        return self.projection(patches) + self.position_embedding(where)

    def get_config(self):
        own = {"num_patches": self.num_patches, "projection_dim": self.projection_dim}
        return {**super().get_config(), **own}


@example
def vit_own_classes(d):
    x = keras.Input((8, 8, 3))
    h = PatchEncoder(4, 6)(Patches(4)(x))
    n = L.LayerNormalization(epsilon=1e-6)(h)
    h = L.Add()([L.MultiHeadAttention(num_heads=2, key_dim=6)(n, n), h])
    h = L.Flatten()(L.LayerNormalization(epsilon=1e-6)(h))
    model = keras.Model(x, L.Dense(3)(d.dropout(0.3)(h)))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.AdamW(1e-3, weight_decay=1e-4), loss, metrics=["accuracy"])
    return Case(model, d.pixels(8, 8, 3), d.whole(3))


@example
def mixer_own_classes(d):
    """The squares alone: a layer without weights."""
    x = keras.Input((8, 8, 3))
    h = L.LayerNormalization()(Patches(2)(x))
    h = L.Permute((2, 1))(L.Dense(16, activation="gelu")(L.Permute((2, 1))(h)))
    model = keras.Model(x, L.Dense(3, activation="softmax")(L.Flatten()(h)))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, d.pixels(8, 8, 3), d.whole(3))
