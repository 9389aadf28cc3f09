"""How goldens lie in their folder: as JSON, or as JSON in gzip, the same bytes each time."""

import gzip
import json
import pathlib


def write(folder, name, value):
    """Writes NAME, packed if it ends in ".gz"."""
    text = (json.dumps(value, separators=(",", ":")) + "\n").encode()
    packed = name.endswith(".gz")
    pathlib.Path(folder, name).write_bytes(gzip.compress(text, 9, mtime=0) if packed else text)


def read(folder, name):
    """What `write` wrote."""
    data = pathlib.Path(folder, name).read_bytes()
    return json.loads(gzip.decompress(data) if name.endswith(".gz") else data)
