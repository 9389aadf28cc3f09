"""Keras' side of tools/curves/run.

Usage:
  curves.py train FOLDER SEED EPOCHS LIMIT   trains from FOLDER/start_SEED.keras, writes keras_SEED.json
  curves.py compare FOLDER "SEED..."         prints the curves, and writes compare.json
"""

import json
import os
import statistics
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

BATCH = 128


def train(folder, seed, epochs, limit):
    import time

    import keras
    import numpy as np

    def images(part):
        pixels = np.load(os.path.join(folder, f"{part}_x.npy"))[:limit]
        labels = np.load(os.path.join(folder, f"{part}_y.npy"))[:limit]
        # The model begins with a Normalization of pixels from 0 to 255.
        return pixels.astype(np.float32), labels

    seconds = []

    class Clock(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            self.start = time.monotonic()

        def on_epoch_end(self, epoch, logs=None):
            seconds.append(time.monotonic() - self.start)
            print("keras", seed, epoch, logs, flush=True)

    keras.utils.set_random_seed(int(seed))
    model = keras.models.load_model(os.path.join(folder, f"start_{seed}.keras"))
    x, y = images("train")
    history = model.fit(
        x, y, batch_size=BATCH, epochs=epochs, shuffle=False, verbose=0, validation_data=images("test"), callbacks=[Clock()]
    )
    report = dict(history.history, seconds=seconds)
    with open(os.path.join(folder, f"keras_{seed}.json"), "w", encoding="utf-8") as file:
        json.dump(report, file)


def read(folder, side, seed):
    with open(os.path.join(folder, f"{side}_{seed}.json"), encoding="utf-8") as file:
        return json.load(file)


def compare(folder, seeds):
    kerava = [read(folder, "kerava", seed) for seed in seeds]
    keras = [read(folder, "keras", seed) for seed in seeds]
    rows = []
    for name in sorted(set(kerava[0]) & set(keras[0]) - {"seconds"}):
        for epoch in range(len(kerava[0][name])):
            ours = [run[name][epoch] for run in kerava]
            theirs = [run[name][epoch] for run in keras]
            rows.append(
                {
                    "figure": name,
                    "epoch": epoch + 1,
                    "kerava": statistics.mean(ours),
                    "keras": statistics.mean(theirs),
                    "apart_in_the_mean": abs(statistics.mean(ours) - statistics.mean(theirs)),
                    "apart_at_most": max(abs(a - b) for a, b in zip(ours, theirs)),
                    "keras_spread": max(theirs) - min(theirs),
                    "kerava_spread": max(ours) - min(ours),
                }
            )
    print(f"{'figure':32} epoch  kerava   keras   apart (most)   Keras' own spread")
    for row in rows:
        name = row["figure"].replace("sparse_categorical_accuracy", "accuracy")
        print(
            f"{name:32} {row['epoch']:5}  {row['kerava']:.4f}  {row['keras']:.4f}  "
            f"{row['apart_in_the_mean']:.4f} ({row['apart_at_most']:.4f})   {row['keras_spread']:.4f}"
        )
    for side, runs in (("kerava", kerava), ("keras", keras)):
        print(side, "seconds an epoch:", [round(s, 1) for run in runs for s in run["seconds"]])
    with open(os.path.join(folder, "compare.json"), "w", encoding="utf-8") as file:
        json.dump(rows, file, indent=1)


if __name__ == "__main__":
    if sys.argv[1] == "train":
        train(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
    else:
        compare(sys.argv[2], sys.argv[3].split())
