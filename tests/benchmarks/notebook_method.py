#!/usr/bin/env python3
"""The method that chapter 14 replaces, in JAX, beside ours: what does a phase diagram cost?

    pip install jax
    tests/benchmarks/notebook_method.py [--widths 64,128,256,512] [--seeds 3] [--data FOLDER]

As the notebook of Kalra and Barkeshli does it: train at c = 2^x, x = 0, 0.1, 0.2, ..., ten steps each,
until a run diverges; measure the loss, and the sharpness by 20 power iterations, after every step, and
the loss at 101 points of the line from start to end; then read the four constants off the table. All
that belongs to one learning rate is compiled as one function, once for each width; the seconds are
those of its calls alone, on all processors that the process may use.

Ours is `diagram_cost` on the same images: its networks side by side, on a processor each. The networks
have the same distribution but not the same weights, so compare medians. The images are the first 512 of
the Fashion-MNIST that is part of the repository, or of a FOLDER with the official files.
"""
import argparse
import csv
import functools
import gzip
import importlib.metadata
import os
import pathlib
import statistics
import subprocess
import time

import jax
import jax.numpy as jnp
import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]
OURS = ROOT / "build/release/bin/diagram_cost"
IMAGES, CLASSES, DEPTH, STEPS, PRODUCTS, POINTS = 512, 10, 4, 10, 20, 101
CONSTANTS = ("loss", "sharp", "barrier", "max")


# ---- What is trained: as chapter 14 ------------------------------------------------------------

def examples(folder):
    """The first images, standardised one by one, and their labels as one-hot rows."""
    def values(name, header):
        plain, packed = folder / name, folder / f"{name}.gz"
        data = plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes())
        return numpy.frombuffer(data, numpy.uint8, offset=header)
    x = values("train-images-idx3-ubyte", 16).reshape(-1, 784)[:IMAGES].astype(numpy.float32)
    x = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
    return jnp.array(x), jax.nn.one_hot(values("train-labels-idx1-ubyte", 8)[:IMAGES], CLASSES)


def weights(width, inputs, seed):
    """ReLU layers N(0, 2 / fan_in), the last N(0, 1 / fan_in), no bias."""
    sizes = [inputs] + [width] * (DEPTH - 1) + [CLASSES]
    keys = jax.random.split(jax.random.key(seed), DEPTH)
    return [jax.random.normal(keys[i], (sizes[i], sizes[i + 1])) * ((2 if i < DEPTH - 1 else 1) / sizes[i]) ** .5
            for i in range(DEPTH)]


def loss_at(x, y, w):
    for layer in w[:-1]:
        x = jax.nn.relu(x @ layer)
    return 0.5 * jnp.mean((x @ w[-1] - y) ** 2)


# ---- The notebook's method ---------------------------------------------------------------------

def dot(a, b):
    return sum(jnp.vdot(p, q) for p, q in zip(a, b))


def sharpness(loss, w, start):
    """The last Rayleigh quotient of 20 power iterations, from a random start."""
    times = jax.linearize(jax.grad(loss), w)[1]  # one gradient for all products

    def iterate(v, _):
        v = [p / jnp.sqrt(dot(v, v)) for p in v]
        product = times(v)
        return product, dot(v, product)
    return jax.lax.scan(iterate, start, None, length=PRODUCTS)[1][-1]


def run(x, y, start, direction, rate):
    """Loss and sharpness before the first step and after each, and the losses on the straight line."""
    loss = functools.partial(loss_at, x, y)

    def step(w, _):
        w = [p - rate * g for p, g in zip(w, jax.grad(loss)(w))]
        return w, (loss(w), sharpness(loss, w, direction))
    end, after = jax.lax.scan(step, start, None, length=STEPS)
    along = jax.lax.map(lambda t: loss([a + t * (b - a) for a, b in zip(start, end)]), jnp.linspace(0, 1, POINTS))
    return after, along


def sweep(whole_run, lambda_0, loss_0):
    """A network's constants, as x = log2 c, and how many runs it took. NaN is above every bound."""
    first = {}
    above = lambda values, bound: bool((~(values <= bound)).any())
    for i in range(151):
        (losses, sharp), along = map(jax.device_get, whole_run(2 ** (i / 10) / lambda_0))
        lost = above(losses, 1e5)
        for name, yes in (("loss", above(losses, loss_0)), ("sharp", above(sharp, lambda_0)),
                          ("barrier", above(along, loss_0) and not lost)):
            if yes:
                first.setdefault(name, i / 10)
        if lost:
            break
    first["max"] = (i - 1 if lost else i) / 10
    first.setdefault("barrier", first["max"])
    return first, i + 1


def theirs(width, seeds, x, y):
    """A row for each network, the time of compilation left out."""
    rows = []
    for seed in range(seeds):
        start = weights(width, x.shape[1], seed)
        direction = [jax.random.normal(jax.random.key(9), p.shape) for p in start]
        if seed == 0:
            loss = functools.partial(loss_at, x, y)
            initial = jax.jit(lambda w, v: (loss(w), sharpness(loss, w, v))).lower(start, direction).compile()
            compiled = jax.jit(run).lower(x, y, start, direction, jnp.float32(1)).compile()
        before, processor = time.perf_counter(), time.process_time()
        loss_0, lambda_0 = map(float, initial(start, direction))
        found, runs = sweep(lambda rate: compiled(x, y, start, direction, jnp.float32(rate)), lambda_0, loss_0)
        rows.append({"seconds": time.perf_counter() - before, "processor": time.process_time() - processor,
                     "runs": runs, **found})
    return rows


# ---- Ours, and the comparison ------------------------------------------------------------------

def ours(width, seeds, folder):
    """A row for each network, and the seconds of all: wall clock and processor."""
    before, processor = time.perf_counter(), os.times()
    text = subprocess.run([OURS, "--boundaries", str(width), str(seeds), folder], check=True, text=True,
                          capture_output=True).stdout
    wall, after = time.perf_counter() - before, os.times()
    return list(csv.DictReader(text.splitlines())), wall, after.children_user - processor.children_user


def seconds_line(name, other, other_processor, mine, mine_processor):
    return (f"{name:>5s}  {other:6.1f} ({other_processor:6.1f})   {mine:6.1f} ({mine_processor:6.1f})   "
            f"{other / mine:5.1f} ({other_processor / mine_processor:.1f})")


def constants_line(name, rows):
    for constant in CONSTANTS:
        of = [float(row[constant]) for row in rows]
        name += f"{statistics.median(of):.1f} ({min(of):.1f}-{max(of):.1f})".ljust(16)
    return name.rstrip()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--widths", default="64,128,256,512")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "data/fashion_mnist_subset", metavar="FOLDER")
    options = parser.parse_args()
    if not OURS.exists():
        raise SystemExit("Build it first: cmake --preset release && "
                         "cmake --build --preset release --target diagram_cost")
    x, y = examples(options.data)
    print(f"jax {importlib.metadata.version('jax')}, {len(os.sched_getaffinity(0))} processors")
    print(f"the first {IMAGES} images of {os.path.relpath(options.data, ROOT)}, {options.seeds} networks of each width\n")
    print("seconds of all networks, and in brackets of all processors\n"
          "width  JAX               gradus            ratio")
    totals, found = numpy.zeros(4), []
    for width in options.widths.split(","):
        mine, *seconds = ours(int(width), options.seeds, options.data)
        other = theirs(int(width), options.seeds, x, y)
        seconds = [sum(row["seconds"] for row in other), sum(row["processor"] for row in other), *seconds]
        totals += seconds
        found.append((width, other, mine))
        print(seconds_line(width, *seconds), flush=True)
    print(seconds_line("all", *totals))
    print("\nx = log2 c, median (smallest to largest)\n" + " " * 15 +
          "".join(f"{name:16s}" for name in CONSTANTS).rstrip())
    for width, other, mine in found:
        print(constants_line(f"{width:>5s}  JAX     ", other))
        print(constants_line("       gradus  ", mine))


if __name__ == "__main__":
    main()
