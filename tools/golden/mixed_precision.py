"""What Keras makes of a small network under its mixed policies: predictions, gradients, training.

Writes beside src/test/resources/fixtures/mixed_precision.h5 the models before and after.

    python tools/golden/mixed_precision.py [FOLDER]

Under mixed_float16 the scale of the loss starts so high that the first gradients overflow: those
steps must be skipped, and the scale halved, until gradients are finite; after two such steps it is
doubled.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import h5py
import keras
import numpy as np
import tensorflow as tf

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "src/test/resources/fixtures"
STEPS = {"mixed_bfloat16": 3, "mixed_float16": 8}


def network(policy):
    """Convolutions, batch normalization, pooling, an addition, and probabilities of float32."""
    layers = keras.layers
    image = keras.Input((8, 8, 3), name="image")
    x = layers.Rescaling(1 / 255, name="rescaling", dtype=policy)(image)
    x = layers.Conv2D(8, 3, padding="same", use_bias=False, name="conv1", dtype=policy)(x)
    x = layers.BatchNormalization(name="norm", dtype=policy)(x)
    main = layers.ReLU(name="relu", dtype=policy)(x)
    x = layers.Conv2D(8, 3, padding="same", activation="relu", name="conv2", dtype=policy)(main)
    x = layers.Add(name="sum", dtype=policy)([x, main])
    x = layers.MaxPooling2D(name="pool", dtype=policy)(x)
    x = layers.DepthwiseConv2D(3, name="depthwise", dtype=policy)(x)
    x = layers.Flatten(name="flatten", dtype=policy)(x)
    x = layers.Dense(16, activation="gelu", name="hidden", dtype=policy)(x)
    x = layers.LayerNormalization(name="layer_norm", dtype=policy)(x)
    last = "float32" if policy == "mixed_bfloat16" else policy
    x = layers.Dense(4, activation="softmax", name="classes", dtype=last)(x)
    return keras.Model(image, x, name=policy)


def compiled(model, policy):
    inner = keras.optimizers.SGD(0.05, momentum=0.9)
    optimizer = inner
    if policy == "mixed_float16":
        optimizer = keras.optimizers.LossScaleOptimizer(
            inner, initial_scale=2.0**20, dynamic_growth_steps=2
        )
    model.compile(optimizer, "sparse_categorical_crossentropy", jit_compile=False)
    return optimizer


def gradients(model, x, y):
    @tf.function(jit_compile=False)
    def run():
        with tf.GradientTape() as tape:
            predictions = tf.cast(model(x, training=True), tf.float32)
            loss = tf.reduce_mean(
                keras.losses.sparse_categorical_crossentropy(y, predictions)
            )
        return tape.gradient(loss, [v.value for v in model.trainable_variables])

    before = [v.numpy() for v in model.variables]
    result = [g.numpy() for g in run()]
    for variable, value in zip(model.variables, before):
        variable.assign(value)
    return result


def write_gradients(group, model, x, y):
    for variable, gradient in zip(model.trainable_variables, gradients(model, x, y)):
        group[f"gradients/{variable.path}"] = gradient


def main():
    random = np.random.default_rng(7)
    x = random.integers(0, 256, (16, 8, 8, 3)).astype("float32")
    y = random.integers(0, 4, 16).astype("int32")
    with h5py.File(f"{FOLDER}/mixed_precision.h5", "w") as golden:
        golden["x"], golden["y"] = x, y
        for policy, steps in STEPS.items():
            keras.utils.set_random_seed(11)
            model = network(policy)
            optimizer = compiled(model, policy)
            optimizer.build(model.trainable_variables)
            group = golden.create_group(policy)
            model.save(f"{FOLDER}/{policy}_t0.keras")
            group["predict_before"] = np.asarray(model.predict(x, verbose=0), "float32")
            write_gradients(group, model, x, y)
            if "float32" not in golden:
                plain = network("float32")
                plain.set_weights(model.get_weights())
                write_gradients(golden.create_group("float32"), plain, x, y)
            losses, scales = [], []
            for _ in range(steps):
                losses.append(model.train_on_batch(x, y))
                if policy == "mixed_float16":
                    scales.append(
                        [
                            float(optimizer.dynamic_scale.numpy()),
                            float(optimizer.step_counter.numpy()),
                            float(optimizer.iterations.numpy()),
                        ]
                    )
            group["losses"] = np.asarray(losses, "float32").reshape(-1)
            if scales:
                group["scales"] = np.asarray(scales, "float32")
            print(policy, losses, scales)
            group["predict_after"] = np.asarray(model.predict(x, verbose=0), "float32")
            model.save(f"{FOLDER}/{policy}_t{steps}.keras")


if __name__ == "__main__":
    main()
