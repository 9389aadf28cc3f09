"""Small models in the manner of Keras' example pages, one function each.

A function takes a `Drawing`, from which all its numbers come, and gives a `Case`: a compiled model,
its inputs and its targets. It is called twice where it holds randomness: as the page has it, and
with all randomness off (`quiet`), so that a training has one right answer.
"""

import dataclasses

import keras
import numpy as np

L = keras.layers
ROWS = 8

CASES = {}


@dataclasses.dataclass
class Case:
    """A compiled model, and what it is trained on; targets in the order of outputs."""

    model: keras.Model
    x: object
    y: object = None
    sample_weight: object = None
    class_weight: object = None


@dataclasses.dataclass
class Example:
    """How a case is made, and whether Kerava is to read it or to refuse it."""

    make: object
    refused: str = ""


def example(function):
    """A model that Kerava has to read, predict, export and train."""
    CASES[function.__name__] = Example(function)
    return function


def refused(word):
    """A model that Kerava has to refuse in a sentence with this word."""

    def register(function):
        CASES[function.__name__] = Example(function, word)
        return function

    return register


class Drawing:
    """Where an example's numbers come from."""

    def __init__(self, seed, quiet):
        self.r = np.random.RandomState(seed)
        self.quiet = quiet
        self.random = False

    def floats(self, *shape):
        return self.r.normal(size=(ROWS,) + shape).astype("float32")

    def pixels(self, *shape):
        """From 0 to 1."""
        return self.r.uniform(size=(ROWS,) + shape).astype("float32")

    def whole(self, end, *shape, start=0, dtype="int32"):
        return self.r.randint(start, end, (ROWS,) + shape).astype(dtype)

    def bits(self, *shape):
        return self.whole(2, *shape).astype("float32")

    def one_hot(self, classes, *shape):
        return np.eye(classes, dtype="float32")[self.whole(classes, *shape)]

    def texts(self, words, least=2, most=9):
        """A sentence a row."""
        rows = [" ".join(self.r.choice(words, self.r.randint(least, most))) for _ in range(ROWS)]
        return np.array(rows, dtype=object)[:, None]

    def chosen(self, values):
        """One of some values a row."""
        return np.array([values[i] for i in self.whole(len(values))])[:, None]

    def padded(self, values, least=1):
        """Rows of unequal length: what lies behind the end of each becomes 0."""
        for i, length in enumerate(self.whole(values.shape[1] + 1, start=least)):
            values[i, length:] = 0
        return values

    # What is random in training, and off in a quiet model.

    def rate(self, rate):
        self.random = True
        return 0.0 if self.quiet else rate

    def dropout(self, rate):
        return L.Dropout(self.rate(rate))

    def augmented(self, x, *layers):
        self.random = True
        for layer in [] if self.quiet else layers:
            x = layer(x)
        return x


def positions(tokens):
    """0, 1, 2, ... for each token of each row, by operations that a file can hold."""
    ones = keras.ops.ones_like(tokens, dtype="int32")
    return keras.ops.cumsum(ones, axis=1) - 1


WORDS = (
    "the a film plot was is good bad great dull long short actor scene music story ending "
    "loved hated boring funny sad and but very"
).split()
