#!/usr/bin/env python3
"""One build of `benchmarks` beside another: a newer library, another compiler, the commit before.

    tests/benchmarks/builds.py [--threads T] [--rounds N] OLD NEW [WORKLOAD ...]

OLD and NEW are commands that start the program, such as `build/release/bin/benchmarks` or
`"chroot debian13 /gradus/build/release/bin/benchmarks"`. Each workload runs in a process of each, which
take turns. Printed are milliseconds of OLD and the median, with quartiles, of its time over NEW's (above
1: NEW is faster): processor time with one thread, which runs on one processor, and else wall time.
"""
import argparse
import os
import shlex
import statistics
import subprocess


class Server:
    """A process that gives a sample for every line."""

    def __init__(self, command, name, threads):
        pin = (lambda: os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})) if threads == 1 else None
        self.process = subprocess.Popen([*shlex.split(command), "--serve", name, str(threads)], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=pin)
        if self.process.stdout.readline() != "ready\n":
            raise SystemExit(f"builds.py: {command} does not run the workload {name}")

    def sample(self, threads):
        print(file=self.process.stdin, flush=True, end="sample\n")
        wall, processor = map(float, self.process.stdout.readline().split())
        return processor if threads == 1 else wall


def listed(command):
    lines = subprocess.run([*shlex.split(command), "--list"], text=True, check=True, capture_output=True)
    return [line.split()[0] for line in lines.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD")
    parser.add_argument("--threads", type=int, default=1, metavar="T")
    parser.add_argument("--rounds", type=int, default=9, metavar="N")
    at = parser.parse_args()
    print(f"{'workload':11} {'ms':>9}  old / new")
    for name in at.workloads or listed(at.new):
        old, new = (Server(command, name, at.threads) for command in (at.old, at.new))
        pairs = [(old.sample(at.threads), new.sample(at.threads)) for _ in range(at.rounds)]
        low, median, high = statistics.quantiles((a / b for a, b in pairs), n=4, method="inclusive")
        print(f"{name:11} {1e3 * statistics.median(a for a, _ in pairs):9.3f}  "
              f"{median:.2f} ({low:.2f} to {high:.2f})", flush=True)
        for server in (old, new):
            server.process.stdin.close()
            server.process.wait()


if __name__ == "__main__":
    main()
