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
        self.images = pixels / np.float32(255)  # float32, and no copy of it for the peak of memory
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

    def bulk(self, count):
        self.model.predict(self.images[:count], batch_size=250, verbose=0)

    @staticmethod
    def version():
        import keras
        import tensorflow as tf

        return f"Keras {keras.__version__}, TensorFlow {tf.__version__}"


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

    def bulk(self, count):
        for i in range(0, count, 250):
            self.predict(self.tensor(self.images[i : i + 250])).numpy()


def torch_cnn():
    """The notebook's network, without the softmax that the loss brings along."""
    from torch import nn

    return nn.Sequential(
        nn.Conv2d(3, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(64, 64, 3), nn.ReLU(), nn.Flatten(),
        nn.Linear(1024, 64), nn.ReLU(), nn.Linear(64, 10),
    )  # fmt: skip


def torch_resnet20():
    """ResNet.cifar(20) operation by operation: the zeros beside a shortcut's channels too."""
    import torch
    from torch import nn

    def convolution(channels, filters, strides):
        # "same" puts the odd row and column at the end, PyTorch's padding at both ends.
        pad = nn.ZeroPad2d((0, 1, 0, 1)) if strides == 2 else nn.Identity()
        padding = 0 if strides == 2 else 1
        return pad, nn.Conv2d(channels, filters, 3, strides, padding, bias=False)

    def normalized(filters):
        return nn.BatchNorm2d(filters, eps=1e-5, momentum=0.1)

    class Block(nn.Module):
        def __init__(self, channels, filters):
            super().__init__()
            self.strides = filters // channels
            self.main = nn.Sequential(
                *convolution(channels, filters, self.strides), normalized(filters), nn.ReLU(),
                *convolution(filters, filters, 1), normalized(filters),
            )  # fmt: skip

        def forward(self, x):
            shortcut = x
            if self.strides == 2:
                pixels = x[:, :, ::2, ::2]
                shortcut = torch.cat((pixels, torch.zeros_like(pixels)), 1)
            return torch.relu(self.main(x) + shortcut)

    widths = [16] * 4 + [32] * 3 + [64] * 3
    blocks = [Block(a, b) for a, b in zip(widths, widths[1:])]
    return nn.Sequential(
        *convolution(3, 16, 1), normalized(16), nn.ReLU(), *blocks,
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10),
    )  # fmt: skip


class Torch:
    """The same networks in PyTorch, in its own order of dimensions."""

    def __init__(self):
        import torch
        from torch import nn

        self.torch = torch
        pixels, labels = load()
        self.images = torch.from_numpy(pixels).permute(0, 3, 1, 2).contiguous().float() / 255
        self.labels = torch.from_numpy(labels).long()
        resnet = os.environ.get("KERAVA_BENCH_NET") == "resnet20"
        self.model = torch_resnet20() if resnet else torch_cnn()
        kernels = [p for p in self.model.parameters() if p.ndim > 1]
        others = [p for p in self.model.parameters() if p.ndim == 1]
        # Adds to the gradients what Keras' penalties on the kernels add.
        groups = [{"params": kernels, "weight_decay": 1e-4 if resnet else 0}, {"params": others}]
        self.optimizer = torch.optim.Adam(groups, eps=1e-7)
        self.loss = nn.CrossEntropyLoss()

    def train(self, batch, steps):
        self.model.train()
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
        self.model.eval()
        with self.torch.inference_mode():
            return self.model(self.images[index : index + 1]).softmax(1).numpy()

    def bulk(self, count):
        self.model.eval()
        with self.torch.inference_mode():
            for part in self.images[:count].split(250):
                self.model(part).softmax(1).numpy()

    def version(self):
        return f"PyTorch {self.torch.__version__}"


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
    return timed(lambda: side.bulk(int(words[1])))


def main():
    side = SIDES[sys.argv[1]]()
    print(json.dumps(timed(lambda: side.train(32, 1))), flush=True)
    print(json.dumps({"version": side.version()}), flush=True)
    for line in sys.stdin:
        print(json.dumps(obey(side, line.split())), flush=True)


if __name__ == "__main__":
    main()
