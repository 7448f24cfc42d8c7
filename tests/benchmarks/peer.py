#!/usr/bin/env python3
"""The workloads of benchmarks.cpp in PyTorch and JAX, alternating with gradus in one session.

    pip install torch jax     # whichever of them is to be compared
    tests/benchmarks/peer.py [--out DIR] [--quick] [--threads T] [WORKLOAD ...]

Every library runs each workload in a process of its own, and the processes take turns: a round is one
sample of each. Printed and written to DIR are medians, over the rounds, of the ratio of the other
library's time to ours (above 1: gradus is faster), with their quartiles, and peaks of memory. Rows that
DIR has of other workloads or numbers of threads are kept.

`peak` is the share of the processor's multiply-adds, in percent, that our matrix products reach. One thread
runs on one processor, and nothing else should. PyTorch runs as installed, with a malloc that keeps its
memory (environment of TUNED), and with the latter through torch.compile; JAX compiles a step, or a loop of
them (lax.scan). `program` is our own step as a program (autodiff/program), to our own as it is;
`fastest` is the fastest other library's time to the program's, and `bound` to that of the program's matrix
products alone, which no pass over the program could go below.
With --cpu ratios are of processor time, for a machine that others use too; one thread only.
"""
import argparse
import csv
import importlib.metadata
import importlib.util
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build/release/bin/benchmarks"
TUNED = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(1 << 40), "MALLOC_TOP_PAD_": str(64 << 20)}
BATCH, IN, OUT = 512, 784, 10


# ---- PyTorch -----------------------------------------------------------------------------------

def torch_compiled(kind, size):
    """The same workloads as functions of the parameters, through torch.compile."""
    import torch
    from torch.func import grad, jvp
    from torch.nn.functional import avg_pool2d, conv2d
    compiled = lambda f: torch.compile(f, fullgraph=True, mode="max-autotune-no-cudagraphs")
    if kind == "myrtle":
        last = torch.channels_last
        w = [torch.randn(size, 3 if i == 0 else size, 3, 3).mul_(0.1).to(memory_format=last) for i in range(9)]
        w.append(torch.randn(size, OUT))
        x, y = torch.randn(256, 3, 32, 32).to(memory_format=last), torch.randn(256, OUT)

        def images(w):
            z = x
            for i in range(9):
                z = torch.relu(conv2d(z, w[i], padding=1))
                z = avg_pool2d(z, 2) if i % 3 == 2 else z
            return (avg_pool2d(z, 4).reshape(256, size) @ w[-1] - y).square().mean()
        gradient = compiled(grad(images))
        return lambda: gradient(w)
    if kind not in ("fcn", "tiny", "hvp", "hv"):
        return None
    depth, width, rows, ends = (size, 64, 64, (2, 2)) if kind == "tiny" else (8, size, BATCH, (IN, OUT))
    sizes = [ends[0]] + [width] * (depth - 1) + [ends[1]]
    w = [torch.randn(a, b) * (2 / a) ** 0.5 for a, b in zip(sizes, sizes[1:])]
    x, y = torch.randn(rows, ends[0]), torch.randn(rows, ends[1])

    def loss(w):
        z = x
        for layer in w[:-1]:
            z = torch.relu(z @ layer)
        return 0.5 * (z @ w[-1] - y).square().mean()

    if kind in ("fcn", "tiny"):
        update = compiled(lambda w: [a - 1e-3 * g for a, g in zip(w, grad(loss)(w))])

        def step():
            nonlocal w
            w = update(w)
        return step
    times = compiled(lambda v: jvp(grad(loss), (w,), (v,))[1])

    def products():
        for _ in range(20 if kind == "hvp" else 1):
            times(w)
    return products


def torch_workload(name, threads, inputs, form):
    import torch
    from torch import nn
    from torch.autograd import grad
    from torch.nn.functional import conv2d, mse_loss
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    kind, size = name.split("_")
    size = int(size)
    if form == "compile":
        return torch_compiled(kind, size)

    def fcn(depth, width, ends=(IN, OUT)):
        sizes = [ends[0]] + [width] * (depth - 1) + [ends[1]]
        layers = []
        for fan_in, fan_out in zip(sizes, sizes[1:]):
            layers += [nn.Linear(fan_in, fan_out, bias=False), nn.ReLU()]
            nn.init.normal_(layers[-2].weight, std=(2 / fan_in) ** 0.5)
        return nn.Sequential(*layers[:-1])

    def training_step(depth, width, rows, ends):
        net, x, y = fcn(depth, width, ends), torch.randn(rows, ends[0]), torch.randn(rows, ends[1])
        sgd = torch.optim.SGD(net.parameters(), lr=1e-3)

        def step():
            sgd.zero_grad(set_to_none=True)
            mse_loss(net(x), y).backward()
            sgd.step()
        return step

    def hessian(net, x, y):
        """The product with the Hessian of half the mean square, from one graph."""
        w = list(net.parameters())
        g = grad(0.5 * mse_loss(net(x), y), w, create_graph=True)
        return w, lambda v: grad(g, w, v, retain_graph=True)

    def power_iteration(w, times, enough):
        """Until enough(products, Rayleigh quotient)."""
        v = [torch.randn_like(p) for p in w]
        for products in range(1, 1000):
            norm = torch.sqrt(sum((p * p).sum() for p in v))
            v = [p / norm for p in v]
            h = times(v)
            quotient = float(sum((a * b).sum() for a, b in zip(v, h)))
            v = h
            if enough(products, quotient):
                return quotient

    if kind in ("nn", "tn"):
        a = torch.randn(BATCH, size)
        b = torch.randn(BATCH if kind == "tn" else size, size)
        if kind == "tn":
            a = a.t()
        return lambda: a @ b
    if kind == "fcn":
        return training_step(8, size, BATCH, (IN, OUT))
    if kind == "tiny":
        return training_step(size, 64, 64, (2, 2))
    if kind == "hvp":
        net, x, y = fcn(8, size), torch.randn(BATCH, IN), torch.randn(BATCH, OUT)

        def products():
            w, times = hessian(net, x, y)
            v = [p.detach() for p in w]
            for _ in range(20):
                times(v)
        return products
    if kind == "hv":
        net = fcn(8, size)
        w, times = hessian(net, torch.randn(BATCH, IN), torch.randn(BATCH, OUT))
        v = [p.detach() for p in w]
        return lambda: times(v)
    if kind == "power":
        net, x, y = fcn(8, size), torch.randn(BATCH, IN), torch.randn(BATCH, OUT)
        return lambda: power_iteration(*hessian(net, x, y), lambda products, _: products == 20)
    if kind == "lambda":  # power iteration that is told the result and stops within 1e-3 of it
        net = fcn(8, size)
        values = torch.frombuffer(bytearray(inputs.read_bytes()), dtype=torch.float32)
        parts = values.split([p.numel() for p in net.parameters()] + [BATCH * IN, BATCH * OUT])
        with torch.no_grad():
            for p, part in zip(net.parameters(), parts):
                p.copy_(part.reshape(p.shape[1], p.shape[0]).t())  # ours is (fan_in, fan_out)
        x, y = parts[-2].reshape(BATCH, IN), parts[-1].reshape(BATCH, OUT)
        known = power_iteration(*hessian(net, x, y), lambda products, _: products == 400)
        return lambda: power_iteration(*hessian(net, x, y),
                                       lambda _, quotient: abs(quotient - known) <= 1e-3 * known)
    if kind == "myrtle":
        layers = []
        for layer in range(1, 10):
            layers += [nn.Conv2d(3 if layer == 1 else size, size, 3, padding=1, bias=False), nn.ReLU()]
            if layer % 3 == 0:
                layers.append(nn.AvgPool2d(2))
        layers += [nn.AvgPool2d(2), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(size, OUT, bias=False)]
        net = nn.Sequential(*layers).to(memory_format=torch.channels_last)
        x = torch.randn(256, 3, 32, 32).to(memory_format=torch.channels_last)
        y = torch.randn(256, OUT)
        w = list(net.parameters())
        return lambda: grad(mse_loss(net(x), y), w)
    if kind == "conv":
        last = torch.channels_last
        x = torch.randn(64, size, 32, 32).to(memory_format=last).requires_grad_()
        w = torch.randn(size, size, 3, 3).to(memory_format=last).requires_grad_()
        y_bar = torch.randn(64, size, 32, 32).to(memory_format=last)
        return lambda: grad(conv2d(x, w, padding=1), (x, w), y_bar)
    return None


# ---- JAX ---------------------------------------------------------------------------------------

def jax_workload(name, threads, _, form):
    import jax
    from jax import lax, numpy as jnp, random
    kind, size = name.split("_")
    size = int(size)
    key = random.key(0)

    def fcn(depth, width, rows, ends=(IN, OUT)):
        sizes = [ends[0]] + [width] * (depth - 1) + [ends[1]]
        w = [random.normal(key, s) * (2 / s[0]) ** 0.5 for s in zip(sizes, sizes[1:])]
        x, y = random.normal(key, (rows, ends[0])), random.normal(key, (rows, ends[1]))

        def loss(w):
            z = x
            for layer in w[:-1]:
                z = jax.nn.relu(z @ layer)
            return 0.5 * jnp.mean((z @ w[-1] - y) ** 2)
        return w, loss

    def done(function, *arguments):
        function = jax.jit(function)
        return lambda: jax.block_until_ready(function(*arguments))

    if form == "scan" and kind in ("fcn", "tiny"):
        w, loss = fcn(8, size, BATCH) if kind == "fcn" else fcn(size, 64, 64, (2, 2))
        steps = 500 if kind == "tiny" else 50 if size <= 128 else 5

        def update(w, _):
            return [a - 1e-3 * g for a, g in zip(w, jax.grad(loss)(w))], None
        run = done(lambda w: lax.scan(update, w, None, length=steps)[0], w)
        run.steps = steps
        return run
    if form == "scan" and kind == "hvp":
        w, loss = fcn(8, size, BATCH)

        def by_vjp(w):
            times = jax.vjp(jax.grad(loss), w)[1]
            return lax.scan(lambda v, _: (times(v)[0], None), w, None, length=20)[0]
        return done(by_vjp, w)
    if form == "scan":
        return None
    if kind == "hv":
        w, loss = fcn(8, size, BATCH)
        return done(jax.linearize(jax.grad(loss), w)[1], w)
    if kind in ("nn", "tn"):
        a = random.normal(key, (BATCH, size))
        b = random.normal(key, (BATCH if kind == "tn" else size, size))
        return done((lambda a, b: a.T @ b) if kind == "tn" else (lambda a, b: a @ b), a, b)
    if kind in ("fcn", "tiny"):
        w, loss = fcn(8, size, BATCH) if kind == "fcn" else fcn(size, 64, 64, (2, 2))
        update = jax.jit(lambda w: [a - 1e-3 * g for a, g in zip(w, jax.grad(loss)(w))], donate_argnums=0)

        def step():
            nonlocal w
            w = jax.block_until_ready(update(w))
        return step
    if kind in ("hvp", "power"):
        w, loss = fcn(8, size, BATCH)

        def products(w):
            times = jax.linearize(jax.grad(loss), w)[1]

            def iterate(v, _):
                norm = jnp.sqrt(sum(jnp.vdot(p, p) for p in v))
                return times([p / norm for p in v]), None
            return lax.scan(iterate, w, None, length=20)[0]
        return done(products, w)

    def conv(x, w):
        return lax.conv_general_dilated(x, w, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))

    if kind == "conv":
        x, w = random.normal(key, (64, 32, 32, size)), random.normal(key, (3, 3, size, size))

        def value_and_adjoints(x, w, y_bar):  # a value that is not returned is not computed
            y, adjoints = jax.vjp(conv, x, w)
            return y, adjoints(y_bar)
        return done(value_and_adjoints, x, w, x)
    if kind == "myrtle":
        w = [random.normal(key, (3, 3, 3 if i == 0 else size, size)) * 0.1 for i in range(9)]
        w.append(random.normal(key, (size, OUT)))
        x, y = random.normal(key, (256, 32, 32, 3)), random.normal(key, (256, OUT))

        def pool(z):
            b, h, v, c = z.shape
            return z.reshape(b, h // 2, 2, v // 2, 2, c).mean((2, 4))

        def loss(w):
            z = x
            for i in range(9):
                z = jax.nn.relu(conv(z, w[i]))
                z = pool(z) if i % 3 == 2 else z
            return jnp.mean((pool(pool(z)).reshape(256, size) @ w[-1] - y) ** 2)
        return done(jax.grad(loss), w)
    return None


# ---- A process of a library --------------------------------------------------------------------

def memory(line):
    """In MiB, from the kernel's account of this process: VmHWM is the peak, VmRSS what is in use."""
    for row in pathlib.Path("/proc/self/status").read_text().splitlines():
        if row.startswith(line):
            return int(row.split()[1]) / 1024
    return 0.0


def serve(make, name, threads, inputs, form):
    """As `benchmarks --serve`: a sample per line, wall and processor seconds; then memory."""
    before = memory("VmRSS")
    run = make(name, threads, inputs, form)
    if run is None:
        print("none", flush=True)
        return
    for _ in range(2):
        run()
    start = time.perf_counter()
    run()
    repeats = max(1, min(100_000, int(0.05 / (time.perf_counter() - start))))
    steps = repeats * getattr(run, "steps", 1)  # of the workload
    print("ready", flush=True)
    while read_line():
        wall, processor = time.perf_counter(), time.process_time()
        for _ in range(repeats):
            run()
        print((time.perf_counter() - wall) / steps, (time.process_time() - processor) / steps, flush=True)
    print(memory("VmHWM"), before, flush=True)


def read_line():
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)  # nothing may be read ahead: a child process takes over
        if not byte:
            return ""
        line += byte
    return line.decode().strip()


def pin(threads):
    """The process runs on the last so many processors."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-threads:])


def library(which, form):
    """Imports the library once, then starts a process for every workload that is asked for."""
    make = {"torch": torch_workload, "jax": jax_workload}[which]
    __import__(which)
    while request := read_line():
        name, threads, inputs = request.split(" ", 2)
        if os.fork() == 0:
            pin(int(threads))  # before its threads start
            serve(make, name, int(threads), pathlib.Path(inputs), form)
            os._exit(0)
        os.wait()


# ---- The comparison ----------------------------------------------------------------------------

class Process:
    def __init__(self, command, env=None, threads=None):
        self.process = subprocess.Popen(command, preexec_fn=threads and (lambda: pin(threads)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        bufsize=1, env={**os.environ, **(env or {})})

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        return self.process.stdout.readline().split()


def quartiles(values):
    return statistics.quantiles(values, n=4) if len(values) > 1 else values * 3


def compare(name, gflop, threads, libraries, inputs, quick, cpu):
    """The ratios to ours and the memory of each library that has this workload."""
    ours = Process([PROGRAM, "--serve", name, str(threads)], threads=threads)
    if ours.process.stdout.readline().strip() != "ready":
        raise SystemExit(f"gradus has no workload {name}")
    takers = {"gradus": ours}
    own = [ours]
    for label in ("program", "products"):
        own.append(Process([PROGRAM, f"--serve-{label}", name, str(threads)], threads=threads))
        if own[-1].process.stdout.readline().strip() == "ready":
            takers[label] = own[-1]
    for label, process in libraries.items():
        if process.ask(f"{name} {threads} {inputs}") == ["ready"]:
            takers[label] = process
    samples = {label: [] for label in takers}
    once = float(ours.ask("sample")[0])
    rounds = 3 if quick or once > 0.4 else 7
    peaks = []
    for _ in range(rounds):
        peaks.append(float(subprocess.check_output([PROGRAM, "--peak", str(threads)], preexec_fn=lambda: pin(threads))))
        for label, process in takers.items():
            samples[label].append(float(process.ask("sample")[1 if cpu else 0]))
    row = {"workload": name, "threads": threads, "rounds": rounds,
           "gradus_ms": 1e3 * statistics.median(samples["gradus"])}
    if gflop:
        row["peak_percent"] = statistics.median(100 * gflop / seconds / peak
                                                for seconds, peak in zip(samples["gradus"], peaks))
    for label, process in takers.items():
        peak, before = process.ask("")
        row[f"{label}_mib"], row[f"{label}_mib_before"] = float(peak), float(before)
        if label not in ("gradus", "products"):
            ratios = [theirs / mine for theirs, mine in zip(samples[label], samples["gradus"])]
            row[f"{label}_low"], row[label], row[f"{label}_high"] = quartiles(ratios)
    theirs = takers.keys() - {"gradus", "program", "products"}
    for column, mine in (("fastest", "program"), ("bound", "products")):
        if mine in takers and theirs:
            row[column] = min(statistics.median(t / m for t, m in zip(samples[label], samples[mine])) for label in theirs)
    for process in own:
        process.process.stdin.close()
        process.process.wait()
    return row


def ratio_line(row, labels):
    share = f"{row['peak_percent']:6.0f}" if "peak_percent" in row else " " * 6
    line = f"{row['workload']:10s}{row['threads']:2d}{row['gradus_ms']:#10.3g}{share}"
    for label in labels:
        if label in row:
            low, middle, high = (row[label + end] for end in ("_low", "", "_high"))
            line += f"{middle:#7.3g} ({low:.2g}-{high:.2g})".ljust(18)
        else:
            line += " " * 18
    for column in ("fastest", "bound"):
        line += f"{row[column]:#7.3g}" if column in row else " " * 7
    return line.rstrip()


def ratio_table(rows, labels):
    heads = "".join(f"   {label:15s}" for label in labels)
    return "\n".join([f"workload   T gradus ms  peak{heads}fastest  bound"] + [ratio_line(row, labels) for row in rows]) + "\n"


def memory_table(rows, labels):
    """Peaks in MiB, and in brackets what a process had before its first tensor."""
    lines = ["memory     " + "".join(f"{label:>16s}" for label in ["gradus", *labels])]
    for row in rows:
        if row["threads"] == 1:
            cells = (f"{row[l + '_mib']:9.0f} ({row[l + '_mib_before']:4.0f})" if l + "_mib" in row else " " * 16
                     for l in ["gradus", *labels])
            lines.append(f"{row['workload']:11s}{''.join(cells)}".rstrip())
    return "\n".join(lines) + "\n"


def versions(labels):
    cpu = next((line.split(": ")[1] for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.processor())
    lines = [f"{cpu}, {os.cpu_count()} processors; Python {platform.python_version()}"]
    for package in dict.fromkeys(label.split("_")[0] for label in labels):
        lines.append(f"{package} {importlib.metadata.version(package)}")
    return "\n".join(lines) + "\n"


def save(folder, header, rows, labels):
    """After every row, so that a run that is stopped leaves what it has."""
    text = "\n".join([header, ratio_table(rows, labels), memory_table(rows, labels)])
    (folder / "ratios.txt").write_text(text)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with open(folder / "ratios.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: f"{v:.4g}" if isinstance(v, float) else v for k, v in row.items()} for row in rows)


def kept_rows(folder, names, threads):
    """The rows that an earlier run left in the folder and this one does not measure."""
    try:
        with open(folder / "ratios.csv", newline="") as file:
            rows = [{k: v if k == "workload" else float(v) for k, v in row.items() if v} for row in csv.DictReader(file)]
    except FileNotFoundError:
        return []
    for row in rows:
        row["threads"], row["rounds"] = int(row["threads"]), int(row["rounds"])
    return [row for row in rows if row["workload"] not in names or row["threads"] not in threads]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build/benchmarks", metavar="DIR")
    parser.add_argument("--quick", action="store_true", help="three rounds instead of seven")
    parser.add_argument("--cpu", action="store_true", help="ratios of processor time, with one thread")
    parser.add_argument("--threads", type=int, action="append", metavar="T",
                        help="may be repeated; default 1 and 2, with --cpu 1")
    options = parser.parse_args()
    options.threads = options.threads or ([1] if options.cpu else [1, 2])
    if not PROGRAM.exists():
        raise SystemExit("Build it first: cmake --preset release && cmake --build --preset release --target benchmarks")
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SystemExit(f"--out {options.out}: {error.strerror}; name a folder that can be made")
    inputs = (ROOT / "build/benchmarks-inputs").resolve()
    subprocess.run([PROGRAM, "--write-inputs", inputs], check=True)
    machine = subprocess.run([PROGRAM, "--machine"], check=True, capture_output=True, text=True).stdout

    libraries = {}
    for label, env in (("torch", TUNED), ("torch_installed", {}), ("torch_compile", TUNED), ("jax", {}), ("jax_scan", {})):
        which, _, form = label.partition("_")
        if importlib.util.find_spec(which):
            libraries[label] = Process([sys.executable, __file__, "--library", which, form], env)
    if not libraries:
        print("Neither torch nor jax is installed; gradus alone:", file=sys.stderr)
    header = versions(libraries) + machine
    if options.cpu:
        header += "ratios of processor time: others use this machine\n"
    print(header, end="", flush=True)

    labels = ["program", *libraries]
    listed = subprocess.run([PROGRAM, "--list"], check=True, capture_output=True, text=True).stdout
    gflop = {line.split()[0]: float(line.split()[1]) for line in listed.splitlines()}
    names = options.workloads or list(gflop)
    rows = kept_rows(options.out, names, options.threads)
    for threads in options.threads:
        # Two threads: PyTorch with the better malloc alone.
        chosen = libraries if threads == 1 else {k: v for k, v in libraries.items() if k in ("torch", "torch_compile")}
        for name in names:
            row = compare(name, gflop.get(name, 0), threads, chosen, inputs, options.quick, options.cpu)
            print(ratio_line(row, labels), flush=True)
            rows.append(row)
            rows.sort(key=lambda row: (row["threads"], list(gflop).index(row["workload"])))
            save(options.out, header, rows, labels)
    print(f"Written to {options.out}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--library"]:
        library(*sys.argv[2:4])
    else:
        main()
