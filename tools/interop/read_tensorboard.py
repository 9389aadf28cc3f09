"""Reads folders of events with TensorBoard's own reader.

Usage: read_tensorboard.py (LOGS FOLDER)...

FOLDER gets report.json: by run ("train", "validation"), the tags with their plugin, and for each
the steps and values: numbers, sums of histograms' counts with their ends, or sizes of pictures; and
how many nodes the graph has.
"""

import io
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np
from PIL import Image
from tensorboard.backend.event_processing import event_accumulator
from tensorboard.util import tensor_util


def value(plugin, tensor):
    array = tensor_util.make_ndarray(tensor)
    if plugin == "scalars":
        return float(array)
    if plugin == "histograms":
        return {"count": float(array[:, 2].sum()), "least": float(array[0, 0]), "most": float(array[-1, 1]),
                "counts": array[:, 2].tolist()}
    pictures = [np.asarray(Image.open(io.BytesIO(one))) for one in array[2:]]
    return {"size": [int(array[0]), int(array[1])], "pictures": [p.shape for p in pictures],
            "first": pictures[0].flatten().tolist()[:12]}


def read(folder):
    events = event_accumulator.EventAccumulator(
        folder, size_guidance={event_accumulator.TENSORS: 0})
    events.Reload()
    tags = {}
    for tag in events.Tags()["tensors"]:
        plugin = events.SummaryMetadata(tag).plugin_data.plugin_name
        found = events.Tensors(tag)
        tags[tag] = {"plugin": plugin, "steps": [e.step for e in found],
                     "values": [value(plugin, e.tensor_proto) for e in found]}
    graph = len(events.Graph().node) if events.Tags()["graph"] else 0
    return {"tags": tags, "graph": graph, "version": events.file_version}


def main(words):
    for logs, folder in zip(words[::2], words[1::2]):
        report = {run: read(os.path.join(logs, run)) for run in sorted(os.listdir(logs))}
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "report.json"), "w") as file:
            json.dump(report, file)


if __name__ == "__main__":
    main(sys.argv[1:])
