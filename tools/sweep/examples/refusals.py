"""Models that have to be refused, each in a sentence that names what it is about."""

import keras

from . import Case, L, refused
from .own import Patches


@refused("Lambda")
def lambda_layer(d):
    model = keras.Sequential([keras.Input((4,)), L.Lambda(lambda x: x * 2), L.Dense(1)])
    model.compile("adam", "mse")
    return Case(model, d.floats(4), d.floats(1))


@refused("Patches")
def own_layer(d):
    x = keras.Input((4, 4, 1))
    model = keras.Model(x, L.Dense(1)(L.Flatten()(Patches(2)(x))))
    model.compile("adam", "mse")
    return Case(model, d.pixels(4, 4, 1), d.floats(1))


@keras.saving.register_keras_serializable(package="page")
class Tower(keras.Model):
    """A model by its class: its file does not say what it computes."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = L.Dense(1)

    def call(self, x):
        return self.dense(x)


@refused("Tower")
def own_model(d):
    model = Tower()
    model(d.floats(4))
    model.compile("adam", "mse")
    return Case(model, d.floats(4), d.floats(1))


@refused("swing")
def own_activation(d):
    model = keras.Sequential([keras.Input((4,)), L.Dense(3, activation=swing), L.Dense(1)])
    model.compile("adam", "mse")
    return Case(model, d.floats(4), d.floats(1))


@keras.saving.register_keras_serializable(package="page")
def swing(x):
    return keras.ops.sin(x) + x
