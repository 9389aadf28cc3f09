"""Makes a model file of Keras 2 that takes images of any size and normalizes them by adapted numbers.

Usage, with tf_keras: normalization_keras2_fixture.py FOLDER
"""

import os
import sys

import numpy as np
import tf_keras as keras
from tf_keras import layers

keras.utils.set_random_seed(4)
random = np.random.default_rng(4)
normalization = layers.Normalization()
normalization.adapt(random.random((4, 6, 6, 3)) * 255)
model = keras.Sequential([keras.Input((None, None, 3)), normalization, layers.Conv2D(2, 3),
                          layers.GlobalAveragePooling2D(), layers.Dense(2, activation="softmax")])
model.save(os.path.join(sys.argv[1], "keras2_normalization_any_size.h5"))
images = np.arange(2 * 5 * 7 * 3, dtype="float32").reshape(2, 5, 7, 3)
print([float(x) for x in model.predict(images, verbose=0).ravel()])
