"""Reads records with tf.data and writes such of its own.

Usage: tfrecords.py (RECORDS FOLDER)...

FOLDER holds x.npy and y.npy, the images and class numbers that RECORDS should hold. It gets:
  png.tfrecord jpeg.tfrecord raw.tfrecord floats.tfrecord   the same in four ways
  report.json   how many records there were, and how many differ
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np
import tensorflow as tf


def parse(record):
    one = tf.io.parse_single_example(record, {
        "image": tf.io.FixedLenFeature([], tf.string), "label": tf.io.FixedLenFeature([], tf.int64)})
    return tf.io.decode_png(one["image"]), one["label"]


def of_bytes(content):
    return tf.train.Feature(bytes_list=tf.train.BytesList(value=[content]))


def write(path, images, labels, feature):
    with tf.io.TFRecordWriter(path) as writer:
        for image, label in zip(images, labels):
            features = {"image": feature(image),
                        "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[int(label)]))}
            example = tf.train.Example(features=tf.train.Features(feature=features))
            writer.write(example.SerializeToString())


def check(records, folder):
    def at(name):
        return os.path.join(folder, name)

    images, labels = np.load(at("x.npy")), np.load(at("y.npy"))
    read = list(tf.data.TFRecordDataset(records).map(parse).as_numpy_iterator())
    different = sum(
        not (np.array_equal(image, images[i]) and label == labels[i]) for i, (image, label) in enumerate(read))
    write(at("png.tfrecord"), images, labels, lambda i: of_bytes(tf.io.encode_png(i).numpy()))
    write(at("jpeg.tfrecord"), images, labels, lambda i: of_bytes(tf.io.encode_jpeg(i).numpy()))
    write(at("raw.tfrecord"), images, labels, lambda i: of_bytes(i.tobytes()))
    write(at("floats.tfrecord"), images, labels,
          lambda i: tf.train.Feature(float_list=tf.train.FloatList(value=i.flatten().astype("float32"))))
    with open(at("report.json"), "w") as file:
        json.dump({"records": len(read), "different": different}, file)


if __name__ == "__main__":
    for i in range(1, len(sys.argv), 2):
        check(sys.argv[i], sys.argv[i + 1])
