"""Draws how far trainings that change hands are from Python's, beside how far Python is from itself.

Usage: draw_handover.py CURVES.json FOLDER

CURVES.json holds, for each optimizer, the losses of "python", of trainings in Python with "other_rounding",
and of the trainings "through_java" and "through_python". FOLDER gets handover.svg, and report.json
with the largest differences, over all steps and over the first 20; the band is the largest difference
between any two of Python's trainings.
"""

import json
import math
import os
import sys

NAMES = {
    "adam": "Adam",
    "adamw": "AdamW, cosine schedule",
    "rmsprop": "RMSprop",
    "sgd": "SGD, Nesterov momentum",
}
LINES = [
    ("band", "#a8a8a8", "Python against itself, with other rounding"),
    ("through_java", "#c8553d", "Python, Java, Python against Python"),
    ("through_python", "#28728f", "Java, Python, Java against Python"),
]
WIDTH, HEIGHT, LEFT, TOP, GAP = 330, 190, 60, 70, 70
LOSS_HEIGHT = 90
LOW, HIGH = -7.5, 0  # powers of ten


def apart(curves, name):
    if name == "band":
        everything = [curves["python"], *curves["other_rounding"]]
        return [max(losses) - min(losses) for losses in zip(*everything)]
    return [abs(a - b) for a, b in zip(curves["python"], curves[name])]


def path(points, style):
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{joined}" fill="none" {style}/>'


def text(x, y, words, more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{words}</text>'


def losses(curves, left, top):
    """The losses themselves, where the three curves are one to the eye."""
    most = max(curves["python"]) * 1.1
    steps = len(curves["python"])
    yield f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{LOSS_HEIGHT}" class="frame"/>'
    for value in (1, 2):
        y = top + LOSS_HEIGHT * (1 - value / most)
        yield text(left - 6, y + 4, value, 'text-anchor="end"')
    for width, (name, colour, _) in zip((5, 3, 1.2), LINES):
        points = [
            (left + WIDTH * i / (steps - 1), top + LOSS_HEIGHT * (1 - loss / most))
            for i, loss in enumerate(curves["python" if name == "band" else name])
        ]
        yield path(points, f'stroke="{colour}" stroke-width="{width}"')
    yield text(left - 40, top - 6, "loss")


def differences(curves, left, top):
    steps = len(curves["python"])

    def at(power):
        return top + HEIGHT * (HIGH - power) / (HIGH - LOW)

    yield f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" class="frame"/>'
    for power in range(-7, 1):
        y = at(power)
        yield f'<line x1="{left}" x2="{left + WIDTH}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>'
        yield text(left - 6, y + 4, f"1e{power}" if power else "1", 'text-anchor="end"')
    for name, colour, _ in LINES:
        points = [
            (left + WIDTH * i / (steps - 1), at(max(LOW, math.log10(difference or 1e-9))))
            for i, difference in enumerate(apart(curves, name))
        ]
        yield path(points, f'stroke="{colour}" stroke-width="1.6"')
    for step in range(0, steps + 1, 20):
        x = left + WIDTH * min(step, steps - 1) / (steps - 1)
        yield text(x, top + HEIGHT + 16, step, 'text-anchor="middle"')
    yield text(left - 40, top - 6, "difference")


def drawing(everything):
    width = 2 * (LEFT + WIDTH) + 30
    panel = LOSS_HEIGHT + HEIGHT + GAP + 40
    height = TOP + panel * ((len(everything) + 1) // 2)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="11" fill="#222">'
    )
    yield "<style>.frame{fill:none;stroke:#888}.grid{stroke:#e4e4e4}</style>"
    yield f'<rect width="{width}" height="{height}" fill="#fff"/>'
    for i, (_, colour, words) in enumerate(LINES):
        x = LEFT + 255 * i
        yield f'<line x1="{x}" x2="{x + 22}" y1="20" y2="20" stroke="{colour}" stroke-width="3"/>'
        yield text(x + 28, 24, words)
    for i, (name, curves) in enumerate(everything.items()):
        left = LEFT + (i % 2) * (LEFT + WIDTH + 10)
        top = TOP + (i // 2) * panel
        yield text(left, top - 22, NAMES.get(name, name), 'font-size="14" font-weight="bold"')
        yield from losses(curves, left, top)
        yield from differences(curves, left, top + LOSS_HEIGHT + 30)
    yield "</svg>"


def main(source, folder):
    with open(source) as file:
        everything = json.load(file)
    with open(os.path.join(folder, "handover.svg"), "w") as file:
        file.write("\n".join(drawing(everything)) + "\n")
    report = {}
    for optimizer, curves in everything.items():
        figures = {"last_loss": curves["python"][-1]}
        for name, _, _ in LINES:
            figures[name] = max(apart(curves, name))
            figures[name + "_20"] = max(apart(curves, name)[:20])
        report[optimizer] = figures
    with open(os.path.join(folder, "report.json"), "w") as file:
        json.dump(report, file, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
