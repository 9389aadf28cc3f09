"""Says how Keras lists folders of images.

Usage: image_folders.py FOLDER ANSWER [FOLDER ANSWER]...

ANSWER/report.json gets what image_dataset_from_directory makes of FOLDER, without and with
follow_links: class_names, and files (by their paths in FOLDER) with labels in the order of
shuffle=False; or why it refuses it.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras


def listed(folder, follow_links):
    try:
        data = keras.utils.image_dataset_from_directory(
            folder,
            label_mode="int",
            shuffle=False,
            image_size=(2, 2),
            batch_size=None,
            follow_links=follow_links,
            verbose=False,
        )
        return {
            "class_names": data.class_names,
            "files": [os.path.relpath(path, folder) for path in data.file_paths],
            "labels": [int(label) for _, label in data],
        }
    except Exception as refusal:  # Whatever it refuses with is an answer.
        return {"refused": str(refusal)}


def main(arguments):
    for folder, answer in zip(arguments[::2], arguments[1::2]):
        os.makedirs(answer, exist_ok=True)
        report = {"plain": listed(folder, False), "follow_links": listed(folder, True)}
        with open(os.path.join(answer, "report.json"), "w", encoding="utf-8") as file:
            json.dump(report, file)


if __name__ == "__main__":
    main(sys.argv[1:])
