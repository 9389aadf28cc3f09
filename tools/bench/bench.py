"""Measures Kerava and Python side by side, in turn; tools/bench/run starts it.

Each side is a process that waits for commands, so that all of them meet the machine in the same
minute: one round gives every side one turn at every task, and sides that wait use no processor.
The table shows the median over the rounds, in brackets the least and the most, and behind it the
ratio to the first side's median. Beside the table, all figures are left as JSON.
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
TORCH = HERE / ".venv" / "bin" / "python"
ONEDNN = "TF_ENABLE_ONEDNN_OPTS"

# What a net is measured with unless the options say otherwise. Warm-up is long enough that Kerava
# has settled on how it makes steps: it makes the first 1,000 of small networks one by one.
NETS = {
    "cnn": {"batches": "32,128", "warm": 1_100, "steps": 200, "bulk": 10_000},
    "resnet20": {"batches": "128", "warm": 16, "steps": 32, "bulk": 1_000},
    "fast94": {"batches": "128", "warm": 6, "steps": 12, "bulk": 500},
    "attention": {"batches": "32", "warm": 12, "steps": 12, "bulk": 500},
}


class Side:
    """One process that trains and predicts, and what it has answered."""

    def __init__(self, name, command, environment=()):
        self.name, self.command = name, command
        self.environment = QUIET | dict(os.environ) | dict(environment)
        self.figures, self.about = {}, {}
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
        self.about = self.answer()
        if "TensorFlow" in self.about["version"]:
            self.about["oneDNN"] = self.environment.get(ONEDNN, "as TensorFlow chooses")

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(
                f"tools/bench: {self.name} ended early: {' '.join(self.command)}\n"
                "KERAVA_BENCH_STDERR=1 shows what it writes."
            )
        return json.loads(line)

    def ask(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        return self.answer()

    def add(self, row, value):
        self.figures.setdefault(row, []).append(value)

    def train(self, batch, steps):
        result = self.ask("train", batch, steps)
        self.add(f"training step, batch {batch}, ms", 1000 * result["seconds"] / steps)
        self.add(f"images a second, batch {batch}", batch * steps / result["seconds"])
        self.add(f"processor time of 1000 steps, batch {batch}, s", 1000 * result["cpu"] / steps)

    def predict(self, ones, bulk):
        each = sorted(self.ask("one", ones)["seconds"])
        self.add("prediction of 1 image, median, ms", 1000 * each[len(each) // 2])
        self.add("prediction of 1 image, p99, ms", 1000 * each[len(each) * 99 // 100])
        self.add(f"{bulk:,} predictions, ms", 1000 * self.ask("bulk", bulk)["seconds"])

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
    parser = argparse.ArgumentParser(
        prog="tools/bench/run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--net", default="cnn", help=f"one or several of {', '.join(NETS)}")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--minutes", type=float, help="for all nets: no round begins that would end later"
    )
    parser.add_argument("--steps", type=int, help="at batch 32, a quarter at 128; default: by net")
    parser.add_argument("--warm", type=int, help="steps to warm up with, likewise")
    parser.add_argument("--batches", help="default: by net, such as 32,128")
    parser.add_argument("--bulk", type=int, help="how many predictions at once; default: by net")
    parser.add_argument("--restarts", type=int, default=2, help="more starts to time")
    parser.add_argument("--train-only", action="store_true")
    parser.add_argument("--out", default="target/bench/result", help="begins the names of the files")
    parser.add_argument(
        "--sides",
        default="keras,keras50,function,torch,kerava",
        help='the first is 1.00x; "kerava=1" has one replica, "keras A=B" the variable A set to B',
    )
    return parser.parse_args()


def sides(names):
    """The sides by name: "kerava=2 A=B" is Kerava with two replicas and the variable A set to B."""
    java = json.loads(os.environ["KERAVA_BENCH_JAVA"])
    # What ./kerava sets; what the environment says already wins.
    launcher = dict(v.split("=", 1) for v in json.loads(os.environ["KERAVA_BENCH_ENVIRONMENT"]))
    for name in names.split(","):
        what, *variables = name.split()
        own = dict(v.split("=", 1) for v in variables)
        if what.startswith("kerava"):
            yield Side(name, [*java, what.partition("=")[2] or "0"], launcher | own)
        elif what == "torch":
            yield from torch_side(name, own)
        else:
            yield Side(name, [sys.executable, str(HERE / "python_side.py"), what], own)


def torch_side(name, own):
    """PyTorch, where a Python has it."""
    python = os.environ.get("KERAVA_BENCH_TORCH") or (str(TORCH) if TORCH.exists() else None)
    python = python or sys.executable
    if os.environ["KERAVA_BENCH_NET"] == "fast94":
        print("torch: left out: it has no such network here", file=sys.stderr)
    elif subprocess.run([python, "-c", "import torch"], stderr=subprocess.DEVNULL).returncode:
        print(
            "torch: left out: not installed. To have it take part (about 6 GB with its CUDA parts):\n"
            f"  python3 -m venv {TORCH.parents[1]} && {TORCH} -m pip install torch numpy",
            file=sys.stderr,
        )
    else:
        yield Side(name, [python, str(HERE / "python_side.py"), "torch"], own)


def write_model(folder):
    """Has Kerava write the network for Python, so that both train the same."""
    file = str(pathlib.Path(folder, "model.keras"))
    java = json.loads(os.environ["KERAVA_BENCH_JAVA"])
    subprocess.run([*java, "write", file], check=True, stderr=subprocess.DEVNULL)
    os.environ["KERAVA_BENCH_MODEL"] = file


def a_round(all_sides, plan, steps):
    for batch in map(int, plan.batches.split(",")):
        for side in all_sides:
            side.train(batch, max(1, steps * 32 // batch))
    if not plan.train_only:
        for side in all_sides:
            side.predict(100, plan.bulk)


def measure(all_sides, plan):
    begin = time.monotonic()
    for side in all_sides:
        side.start()
    starting = time.monotonic() - begin
    a_round(all_sides, plan, plan.warm)
    for side in all_sides:
        side.figures = {k: v for k, v in side.figures.items() if k.startswith("start")}
    longest = 0
    for number in range(plan.rounds):
        ends = time.monotonic() - begin + longest + plan.restarts * starting
        if plan.seconds and number > 0 and ends > plan.seconds:
            print(f"{plan.net}: {number} rounds in the time given", file=sys.stderr)
            break
        round_begin = time.monotonic()
        a_round(all_sides, plan, plan.steps)
        longest = max(longest, time.monotonic() - round_begin)
    for side in all_sides:
        side.note_memory()
    for _ in range(plan.restarts):
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


def table(all_sides):
    lines = [
        "| | " + " | ".join(side.name for side in all_sides) + " |",
        "| --- |" + " ---: |" * len(all_sides),
    ]
    for row, base in all_sides[0].figures.items():
        cells = [cell(side.figures[row], statistics.median(base)) for side in all_sides]
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def machine():
    return {
        "date": time.strftime("%Y-%m-%d"),
        "processor": processor(),
        "cores": os.cpu_count(),
        "vectors": vectors(),
        "load before": round(os.getloadavg()[0], 1),
        "data": "CIFAR-10" if os.environ.get("KERAVA_CIFAR10") else "random images",
    }


def heading(where, plan, all_sides):
    """What stands above a table: the machine, the day, and how every side was set."""
    rounds = max(len(values) for values in all_sides[0].figures.values())
    about = "; ".join(
        f"{side.name}: {side.about['version']}"
        + (f", oneDNN {side.about['oneDNN']}" if "oneDNN" in side.about else "")
        + (f", {side.about['arrangement']}" if "arrangement" in side.about else "")
        for side in all_sides
    )
    return (
        f"{where['date']}, {where['processor']}, {where['cores']} cores, {where['vectors']}, "
        f"{plan.net}, {where['data']}, n = {rounds} rounds in turn, load before the start "
        f"{where['load before']}; ratios to {all_sides[0].name}.\n{about}.\n"
    )


def plan_for(net, options, nets):
    plan = argparse.Namespace(**vars(options))
    plan.net = net
    for name, value in NETS[net].items():
        if getattr(plan, name) is None:
            setattr(plan, name, value)
    plan.seconds = 60 * options.minutes / nets if options.minutes else None
    return plan


def bench(net, options, nets):
    plan = plan_for(net, options, nets)
    where = machine()
    os.environ["KERAVA_BENCH_NET"] = net
    os.environ.pop("KERAVA_BENCH_MODEL", None)
    with tempfile.TemporaryDirectory() as folder:
        if net != "cnn":
            write_model(folder)
        all_sides = list(sides(plan.sides))
        measure(all_sides, plan)
    text = heading(where, plan, all_sides) + "\n" + table(all_sides) + "\n"
    print(text, flush=True)
    result = where | {
        "net": net,
        "options": vars(plan),
        "sides": [{"name": s.name, "about": s.about, "figures": s.figures} for s in all_sides],
    }
    out = f"{options.out}-{where['date']}-{net}"
    pathlib.Path(out + ".md").write_text(text)
    pathlib.Path(out + ".json").write_text(json.dumps(result, indent=1))
    print(f"left in {out}.md and {out}.json", file=sys.stderr)


def main():
    options = arguments()
    nets = options.net.split(",")
    for net in nets:
        if net not in NETS:
            sys.exit(f"tools/bench/run --net: expected some of {', '.join(NETS)}, got {net}.")
    for net in nets:
        bench(net, options, len(nets))


def cpuinfo(name):
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith(name):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return ""


def processor():
    return cpuinfo("model name") or platform.processor() or platform.machine()


def vectors():
    flags = cpuinfo("flags").split()
    known = {"avx512_bf16": "AVX-512 with bfloat16", "avx512_vnni": "AVX-512 with VNNI"}
    known |= {"avx512f": "AVX-512", "avx2": "AVX2"}
    return next((words for flag, words in known.items() if flag in flags), platform.machine())


if __name__ == "__main__":
    main()
