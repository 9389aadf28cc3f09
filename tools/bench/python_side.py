"""Python's side of tools/bench/run: obeys the same commands as kerava.bench.StepBenchmark.

One argument says how to train: "keras" (fit as it is), "keras50" (steps_per_execution=50),
"function" (a plain tf.function loop) or "torch".
"""

import json
import os
import pathlib
import sys
import time

import numpy as np

IMAGES = 10_000


def load():
    """50,000 images as bytes (CIFAR-10 if KERAVA_CIFAR10 says where, else noise), and labels."""
    folder = os.environ.get("KERAVA_CIFAR10")
    if not folder:
        random = np.random.default_rng(1)
        pixels = random.integers(0, 256, (50_000, 32, 32, 3), dtype=np.uint8)
        return pixels, random.integers(0, 10, 50_000)
    files = [pathlib.Path(folder, f"data_batch_{i}.bin") for i in range(1, 6)]
    rows = np.concatenate([np.fromfile(f, np.uint8).reshape(-1, 3073) for f in files])
    pixels = rows[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
    return np.ascontiguousarray(pixels), rows[:, 0].astype(np.int64)


def keras_model():
    """The notebook's network, or the one in the file that KERAVA_BENCH_MODEL names."""
    import keras

    if file := os.environ.get("KERAVA_BENCH_MODEL"):
        return keras.saving.load_model(file, compile=False)
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


class Keras:
    """fit and predict, as a notebook has them."""

    def __init__(self, steps_per_execution=1):
        pixels, self.labels = load()
        self.images = (pixels / np.float32(255)).astype(np.float32)
        self.model = keras_model()
        self.model.compile(
            "adam",
            "sparse_categorical_crossentropy",
            metrics=["accuracy"],
            steps_per_execution=steps_per_execution,
        )

    def train(self, batch, steps):
        count = batch * steps
        self.model.fit(self.images[:count], self.labels[:count], batch_size=batch, verbose=0)

    def one(self, index):
        return self.model(self.images[index : index + 1]).numpy()

    def bulk(self):
        self.model.predict(self.images[:IMAGES], batch_size=250, verbose=0)


class Function(Keras):
    """The same model in a tf.function, without what Keras does around a step."""

    def __init__(self):
        super().__init__()
        import keras
        import tensorflow as tf

        model = self.model
        optimizer = keras.optimizers.Adam()
        optimizer.build(model.trainable_variables)
        loss_of = keras.losses.SparseCategoricalCrossentropy()

        @tf.function(reduce_retracing=True)
        def step(x, y):
            with tf.GradientTape() as tape:
                p = model(x, training=True)
                loss = sum(model.losses, loss_of(y, p))  # with penalties
            variables = model.trainable_variables
            optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
            right = tf.reduce_sum(tf.cast(tf.argmax(p, -1) == y, tf.float32))
            return loss, right

        self.step = step
        self.predict = tf.function(
            lambda x: model(x, training=False),
            input_signature=[tf.TensorSpec((None, 32, 32, 3), tf.float32)],
        )
        self.tensor = tf.constant

    def train(self, batch, steps):
        order = np.random.permutation(batch * steps)
        total = 0.0
        for i in range(0, len(order), batch):
            samples = order[i : i + batch]
            loss, right = self.step(
                self.tensor(self.images[samples]), self.tensor(self.labels[samples])
            )
            total += float(loss) + float(right)

    def one(self, index):
        return self.predict(self.tensor(self.images[index : index + 1])).numpy()

    def bulk(self):
        for i in range(0, IMAGES, 250):
            self.predict(self.tensor(self.images[i : i + 250])).numpy()


class Torch:
    """The same network in PyTorch, in its own order of dimensions."""

    def __init__(self):
        import torch
        from torch import nn

        self.torch = torch
        pixels, labels = load()
        self.images = torch.from_numpy(pixels).permute(0, 3, 1, 2).contiguous().float() / 255
        self.labels = torch.from_numpy(labels).long()
        self.model = nn.Sequential(
            nn.Conv2d(3, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(64, 64, 3), nn.ReLU(), nn.Flatten(),
            nn.Linear(1024, 64), nn.ReLU(), nn.Linear(64, 10),
        )  # fmt: skip
        self.optimizer = torch.optim.Adam(self.model.parameters(), eps=1e-7)
        self.loss = nn.CrossEntropyLoss()

    def train(self, batch, steps):
        order = self.torch.randperm(batch * steps)
        total = 0.0
        for samples in order.split(batch):
            labels = self.labels[samples]
            self.optimizer.zero_grad()
            logits = self.model(self.images[samples])
            loss = self.loss(logits, labels)
            loss.backward()
            self.optimizer.step()
            total += float(loss) + float((logits.argmax(1) == labels).sum())

    def one(self, index):
        with self.torch.inference_mode():
            return self.model(self.images[index : index + 1]).softmax(1).numpy()

    def bulk(self):
        with self.torch.inference_mode():
            for part in self.images[:IMAGES].split(250):
                self.model(part).softmax(1).numpy()


SIDES = {
    "keras": Keras,
    "keras50": lambda: Keras(steps_per_execution=50),
    "function": Function,
    "torch": Torch,
}


def timed(action):
    start, cpu = time.perf_counter(), time.process_time()
    action()
    return {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}


def obey(side, words):
    if words[0] == "train":
        return timed(lambda: side.train(int(words[1]), int(words[2])))
    if words[0] == "one":
        count = int(words[1])
        return {"seconds": [timed(lambda i=i: side.one(i))["seconds"] for i in range(count)]}
    return timed(side.bulk)


def main():
    side = SIDES[sys.argv[1]]()
    print(json.dumps(timed(lambda: side.train(32, 1))), flush=True)
    print(json.dumps({}), flush=True)
    for line in sys.stdin:
        print(json.dumps(obey(side, line.split())), flush=True)


if __name__ == "__main__":
    main()
