"""Measures a training step of a recurrent layer in Kerava and with Keras' fit, in turn; see tools/bench/recurrent."""

import json
import os
import statistics
import subprocess
import sys
import time

KIND, UNITS, STEPS, FEATURES, BATCH, BATCHES, ROUNDS = (
    argument if place == 0 else int(argument) for place, argument in enumerate(sys.argv[1:8])
)


def python_side():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras
    import numpy as np

    layers = keras.layers
    layer = {
        "lstm": lambda: layers.LSTM(UNITS),
        "gru": lambda: layers.GRU(UNITS),
        "both": lambda: layers.Bidirectional(layers.LSTM(UNITS)),
    }[KIND]()
    model = keras.Sequential([keras.Input((STEPS, FEATURES)), layer, layers.Dense(10, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy")
    random = np.random.default_rng(1)
    x = random.uniform(-1, 1, (BATCH * BATCHES, STEPS, FEATURES)).astype("float32")
    y = random.integers(0, 10, BATCH * BATCHES)
    for _ in sys.stdin:
        start = time.perf_counter()
        model.fit(x, y, batch_size=BATCH, verbose=0)
        print(time.perf_counter() - start, flush=True)


def main():
    java = json.loads(os.environ["KERAVA_BENCH_JAVA"])
    sides = {
        "Kerava": [*java, *sys.argv[1:7]],
        "Keras, fit": [sys.executable, __file__, *sys.argv[1:8], "side"],
    }
    running = {
        name: subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        for name, command in sides.items()
    }
    took = {name: [] for name in sides}

    def turn(name):
        running[name].stdin.write("\n")
        running[name].stdin.flush()
        return float(running[name].stdout.readline()) / BATCHES * 1000

    for name in sides:
        turn(name)
        turn(name)
    for number in range(ROUNDS):
        for name in list(sides)[:: 1 if number % 2 else -1]:
            took[name].append(turn(name))
    for process in running.values():
        process.stdin.close()
        process.wait()
    ratios = [a / b for a, b in zip(took["Kerava"], took["Keras, fit"])]
    for name, times in took.items():
        print(f"{name}: {statistics.median(times):.1f} ms a step ({min(times):.1f}-{max(times):.1f})")
    print(f"ratio: {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})")


if __name__ == "__main__":
    python_side() if sys.argv[8:] else main()
