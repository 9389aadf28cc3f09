"""Measures Kerava and Python side by side, in turn; tools/bench/run starts it.

Each side is a process that waits for commands, so that all of them meet the machine in the same
minute: one round gives every side one turn at every task, and sides that wait use no processor.
The table shows the median over the rounds, in brackets the least and the most, and behind it the
ratio to the first side's median.
"""

import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}


class Side:
    """One process that trains and predicts, and what it has answered."""

    def __init__(self, name, command, environment=()):
        self.name, self.command = name, command
        self.environment = QUIET | dict(os.environ) | dict(environment)
        self.figures = {}
        self.process = None

    def start(self):
        """Starts it anew; counts the seconds to the end of its first training step."""
        self.stop()
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("KERAVA_BENCH_STDERR") else subprocess.DEVNULL,
            text=True,
            env=self.environment,
        )
        self.answer()
        self.add("start to first step, s", time.perf_counter() - begin)
        self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"tools/bench: {self.name} ended early: {' '.join(self.command)}")
        return json.loads(line)

    def ask(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        return self.answer()

    def add(self, row, value):
        self.figures.setdefault(row, []).append(value)

    def train(self, batch, steps):
        result = self.ask("train", batch, steps)
        self.add(f"training step, batch {batch}, ms", 1000 * result["seconds"] / steps)
        self.add(f"processor time of 1000 steps, batch {batch}, s", 1000 * result["cpu"] / steps)

    def predict(self, count):
        each = sorted(self.ask("one", count)["seconds"])
        self.add("prediction of 1 image, median, ms", 1000 * each[len(each) // 2])
        self.add("prediction of 1 image, p99, ms", 1000 * each[len(each) * 99 // 100])
        self.add("10,000 predictions, ms", 1000 * self.ask("bulk")["seconds"])

    def note_memory(self):
        try:
            status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return
        kilobytes = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
        self.add("peak resident memory, MiB", int(kilobytes[0]) / 1024)

    def stop(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait()


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench/run", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=400, help="at batch 32; a quarter at 128")
    parser.add_argument("--sides", default="keras,keras50,function,torch,kerava")
    parser.add_argument("--batches", default="32,128")
    parser.add_argument("--net", default="cnn", choices=["cnn", "resnet20"])
    parser.add_argument("--train-only", action="store_true")
    return parser.parse_args()


def sides(names):
    """The sides by name; "kerava=2 A=B" is Kerava with two replicas and the variable A set to B."""
    java = json.loads(os.environ["KERAVA_BENCH_JAVA"])
    for name in names.split(","):
        if name.startswith("kerava"):
            _, _, rest = name.partition("=")
            replicas, *variables = (rest or "0").split()
            # As ./kerava sets it.
            own = [["TF_OVERRIDE_GLOBAL_THREADPOOL", "1"]]
            yield Side(name, [*java, replicas], own + [v.split("=", 1) for v in variables])
        elif name == "torch":
            yield from torch_side()
        else:
            yield Side(name, [sys.executable, str(HERE / "python_side.py"), name])


def torch_side():
    """PyTorch, where a Python has it; it knows the notebook's network alone."""
    python = os.environ.get("KERAVA_BENCH_TORCH", sys.executable)
    asked = subprocess.run([python, "-c", "import torch"], stderr=subprocess.DEVNULL)
    if asked.returncode or os.environ["KERAVA_BENCH_NET"] != "cnn":
        print("torch: not installed, or not this network: left out")
    else:
        yield Side("torch", [python, str(HERE / "python_side.py"), "torch"])


def write_model(folder):
    """Has Kerava write the network for Python, so that both train the same."""
    file = str(pathlib.Path(folder, "model.keras"))
    java = json.loads(os.environ["KERAVA_BENCH_JAVA"])
    subprocess.run([*java, "write", file], check=True, stderr=subprocess.DEVNULL)
    os.environ["KERAVA_BENCH_MODEL"] = file


def measure(all_sides, options):
    for side in all_sides:
        side.start()
    for number in range(-1, options.rounds):
        if number == 0:
            # The first round was for warming up.
            for side in all_sides:
                side.figures = {k: v for k, v in side.figures.items() if k.startswith("start")}
        for batch in map(int, options.batches.split(",")):
            for side in all_sides:
                side.train(batch, max(1, options.steps * 32 // batch))
        if not options.train_only:
            for side in all_sides:
                side.predict(300)
    for side in all_sides:
        side.note_memory()
    for _ in range(0 if options.train_only else 2):
        for side in all_sides:
            side.start()
    for side in all_sides:
        side.stop()


def number(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 20 else f"{value:.2f}"


def cell(values, base):
    middle = statistics.median(values)
    spread = f" ({number(min(values))}–{number(max(values))})" if len(values) > 1 else ""
    return f"{number(middle)}{spread} {middle / base:.2f}x"


def with_throughput(figures):
    """The same figures, and images a second below the milliseconds of a step."""
    rows = {}
    for row, values in figures.items():
        rows[row] = values
        if row.startswith("training step"):
            batch = int(row.split()[3].rstrip(","))
            rows[f"images a second, batch {batch}"] = [batch * 1000 / v for v in values]
    return rows


def table(all_sides):
    figures = {side.name: with_throughput(side.figures) for side in all_sides}
    first = all_sides[0].name
    lines = [
        "| | " + " | ".join(figures) + " |",
        "| --- |" + " ---: |" * len(figures),
    ]
    for row, base in figures[first].items():
        cells = [cell(f[row], statistics.median(base)) for f in figures.values()]
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    options = arguments()
    load_before = os.getloadavg()[0]
    os.environ["KERAVA_BENCH_NET"] = options.net
    with tempfile.TemporaryDirectory() as folder:
        if options.net != "cnn":
            write_model(folder)
        all_sides = list(sides(options.sides))
        measure(all_sides, options)
    data = "CIFAR-10" if os.environ.get("KERAVA_CIFAR10") else "random images"
    print(
        f"{time.strftime('%Y-%m-%d')}, {processor()}, {os.cpu_count()} cores, "
        f"{options.net}, {data}, "
        f"n = {options.rounds} rounds, load before the start {load_before:.1f}; "
        f"ratios to {all_sides[0].name}\n"
    )
    print(table(all_sides))


def processor():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
