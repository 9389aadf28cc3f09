"""Writes NumPy's arrays of every type, byte order, memory order and a dozen shapes, for Java to read.

Called with SUBJECT FOLDER: FOLDER gets N.npy, and right_N.npy with the same numbers as float32 or int64 row by
row; other_N.npy are of types that no array of Kerava's holds.
"""
import sys

import numpy as np

CODES = ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]
OTHERS = ["g", "c8", "c16", "M8[ns]", "m8[s]", "V5", "O", [("a", "f4")]]
SHAPES = [(), (0,), (1,), (5,), (2, 3), (3, 2, 4), (0, 3), (3, 0, 2), (2, 1, 3, 2), (1, 1), (7, 1)]
SPECIAL = [np.inf, -np.inf, np.nan, -0.0, 6e-8, 65504, 1e300, 1e-46, 3.4028235677973366e38]
np.seterr(all="ignore")


def numbers(rng, code, size):
    if code == "?":
        return rng.integers(0, 2, size)
    if code[0] == "f":
        values = rng.normal(size=size) * 10.0 ** rng.integers(-6, 4, size)
        special = rng.random(size) < 0.3
        values[special] = rng.choice(SPECIAL, special.sum())
        return values
    limits = np.iinfo(code)
    most = min(limits.max, 2**63 - 1)
    values = rng.integers(limits.min, most, size, dtype=np.int64, endpoint=True)
    values[: 2 if size > 1 else 1] = [most, limits.min][: min(size, 2)]
    return values


def write(folder):
    rng = np.random.default_rng(3)
    number = 0
    for code in CODES:
        for order in "<>":
            for shape in SHAPES:
                for memory in "CF":
                    values = numbers(rng, code, int(np.prod(shape)))
                    array = values.astype(np.dtype(code).newbyteorder(order)).reshape(shape)
                    np.save(f"{folder}/{number}.npy", np.asarray(array, order=memory))
                    right = array.astype("f4" if code[0] == "f" else "i8")
                    np.save(f"{folder}/right_{number}.npy", np.array(right, order="C"))
                    number += 1
    for place, other in enumerate(OTHERS):
        np.save(f"{folder}/other_{place}.npy", np.zeros((2, 2), other), allow_pickle=True)


for place in range(2, len(sys.argv), 2):
    write(sys.argv[place])
