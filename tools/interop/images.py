"""Draws image files of all kinds and says what Keras' image_dataset_from_directory reads in them.

Usage: images.py (SEED FOLDER)...

FOLDER/case.json holds {"files": how many files a setting, "settings": how many settings}. FOLDER gets
  0/ 1/ ...      a folder a setting, with image files
  0.npy ...      what Keras reads in them, (files, height, width, channels)
  report.json    a list: the settings, the names of the files, and of those that TensorFlow refuses
"""

import io
import json
import os
import struct
import sys
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np
import tensorflow as tf
from PIL import Image, ImageCms

INTERPOLATIONS = [
    "bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"]
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
DEPTHS = {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(random, height, width):
    """A PNG of any colour type and depth, which Pillow writes only a part of."""
    colour = int(random.choice(list(DEPTHS)))
    depth = int(random.choice(DEPTHS[colour]))
    bits = width * CHANNELS[colour] * depth
    rows = b"".join(b"\0" + random.bytes((bits + 7) // 8) for _ in range(height))
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    if random.random() < 0.2:
        out += chunk(b"gAMA", struct.pack(">I", 45455))
    if colour == 3:
        out += chunk(b"PLTE", random.bytes(3 * 2 ** depth))
        if random.random() < 0.5:
            out += chunk(b"tRNS", random.bytes(2 ** depth))
    elif colour in (0, 2) and random.random() < 0.3:
        out += chunk(b"tRNS", (b"\0" + random.bytes(1)) * (1 if colour == 0 else 3))
    return out + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""), "png"


def smooth(random, height, width, channels):
    """Noise on a gradient, so that both fine and coarse differences show."""
    down, across = np.linspace(0, 160, height)[:, None, None], np.linspace(0, 60, width)[None, :, None]
    return (down + across + random.random((height, width, channels)) * 35).astype(np.uint8)


def profile(random):
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() if random.random() < 0.3 else None


def pillow(random, height, width):
    mode = str(random.choice(["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"]))
    base = smooth(random, height, width, 4)
    if mode == "I;16":
        image = Image.fromarray(random.integers(0, 65536, (height, width)).astype(np.uint16))
    elif mode in ("RGBA", "CMYK"):
        image = Image.fromarray(base, "RGBA") if mode == "RGBA" else Image.frombytes("CMYK", (width, height), base.tobytes())
    else:
        image = Image.fromarray(base[:, :, :3], "RGB").convert(mode)
    formats = {
        "1": ["png", "bmp", "gif"], "L": ["png", "bmp", "gif", "jpg"], "LA": ["png"], "P": ["png", "bmp", "gif"],
        "RGB": ["png", "bmp", "jpg", "jpg"], "RGBA": ["png", "bmp"], "CMYK": ["jpg"], "I;16": ["png"]}
    kind = str(random.choice(formats[mode]))
    options = {}
    if kind == "jpg":
        options = {"quality": int(random.integers(20, 100)), "progressive": bool(random.random() < 0.4),
                   "optimize": bool(random.random() < 0.3)}
        if mode == "RGB":
            options["subsampling"] = int(random.integers(0, 3))
            if options["subsampling"] == 0 and random.random() < 0.5:
                options["keep_rgb"] = True
            options["icc_profile"] = profile(random)
        if random.random() < 0.4:
            exif = Image.Exif()
            exif[0x112] = int(random.integers(1, 9))
            options["exif"] = exif
    if kind == "png" and mode == "RGB":
        options["icc_profile"] = profile(random)
    if kind == "gif" and random.random() < 0.4:
        options = {"save_all": True, "append_images": [image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)], "duration": 40}
    out = io.BytesIO()
    image.save(out, {"jpg": "JPEG"}.get(kind, kind.upper()), **options)
    return out.getvalue(), kind


def setting(random):
    crop, pad = [(False, False), (True, False), (False, True)][int(random.integers(0, 3))]
    names = INTERPOLATIONS[:6] if crop else INTERPOLATIONS
    return {
        "image_size": [int(random.integers(1, 301)), int(random.integers(1, 301))],
        "color_mode": str(random.choice(["rgb", "rgb", "grayscale", "rgba"])),
        "interpolation": str(random.choice(names)),
        "crop_to_aspect_ratio": crop, "pad_to_aspect_ratio": pad}


def read(folder, how):
    data = keras.utils.image_dataset_from_directory(
        folder, labels=None, shuffle=False, batch_size=None, verbose=False, **how)
    return np.stack([image.numpy() for image in data])


def reads(path, how):
    """Whether TensorFlow reads a file in a setting: Keras stops a whole data set at one that it does not."""
    one = path + ".alone"
    os.mkdir(one)
    try:
        os.link(path, os.path.join(one, os.path.basename(path)))
        return read(one, how) is not None
    except tf.errors.InvalidArgumentError:
        return False
    finally:
        for name in os.listdir(one):
            os.remove(os.path.join(one, name))
        os.rmdir(one)


def check(seed, folder):
    random = np.random.default_rng(int(seed))
    with open(os.path.join(folder, "case.json")) as file:
        case = json.load(file)
    report = []
    for number in range(case["settings"]):
        how = setting(random)
        inside = os.path.join(folder, str(number))
        os.mkdir(inside)
        names, refused = [], []
        for index in range(case["files"]):
            height, width = (int(side) for side in random.integers(1, 301, 2))
            if random.random() < 0.2:
                height, width = how["image_size"]
            content, kind = (png if random.random() < 0.4 else pillow)(random, height, width)
            name = f"{index:04}.{kind}"
            path = os.path.join(inside, name)
            with open(path, "wb") as file:
                file.write(content)
            if reads(path, how):
                names.append(name)
            else:
                refused.append(name)
                os.rename(path, os.path.join(folder, f"{number}-{name}"))
        np.save(os.path.join(folder, f"{number}.npy"), read(inside, how).astype(np.float32))
        report.append({"how": how, "names": names, "refused": refused})
    with open(os.path.join(folder, "report.json"), "w") as file:
        json.dump(report, file)


if __name__ == "__main__":
    for i in range(1, len(sys.argv), 2):
        check(sys.argv[i], sys.argv[i + 1])
