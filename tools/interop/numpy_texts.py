"""Reads texts that Kerava wrote, and writes them in each form that NumPy has, for Java to read.

Called with SUBJECT FOLDER: FOLDER holds texts.npy and gets texts_N.npy.
"""
import sys

import numpy as np


def write(folder):
    texts = np.load(f"{folder}/texts.npy")
    assert texts.dtype.kind == "U" and texts.shape == (3, 2), texts.dtype
    wide = texts.astype("U20")
    packed = np.char.encode(texts, "utf-8")
    forms = [texts, texts.astype(">U9"), wide, packed]
    for number, form in enumerate(forms):
        for memory in "CF":
            np.save(f"{folder}/texts_{number}{memory}.npy", np.asarray(form, order=memory))


for place in range(2, len(sys.argv), 2):
    write(sys.argv[place])
