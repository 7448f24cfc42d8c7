"""What `./run check FILE.csv` reads, recorded from a network of PyTorch.

    python3 pytorch.py mup.csv && ./run check mup.csv
    python3 pytorch.py --sp sp.csv && ./run check sp.csv

Put your model into `build` and your training into `train`; `record` stays.
"""

import argparse
import csv

import torch
from torch import nn

INPUTS, OUTPUTS, BASE_WIDTH, RATE = 8, 4, 64, 0.001


def build(width):
    """Two hidden layers; the readout starts at zero, so that f(0) = 0 at every width."""
    net = nn.Sequential(nn.Linear(INPUTS, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(),
                        nn.Linear(width, OUTPUTS))
    for layer in (net[0], net[2]):
        nn.init.normal_(layer.weight, std=(2 / layer.in_features) ** 0.5)
        nn.init.zeros_(layer.bias)
    nn.init.zeros_(net[4].weight)
    nn.init.zeros_(net[4].bias)
    return net


def train(net, width, sp):
    """An optimiser and its loss. muP for Adam, table 3: what meets a sum over n units moves 1/n as far."""
    m = 1 if sp else width / BASE_WIDTH
    wide = [net[2].weight, net[4].weight]
    others = [net[0].weight, net[0].bias, net[2].bias, net[4].bias]
    adam = torch.optim.Adam([{"params": wide, "lr": RATE / m}, {"params": others, "lr": RATE}], eps=1e-30)
    x, teacher = torch.randn(32, INPUTS), torch.randn(INPUTS, OUTPUTS)
    y = torch.tanh(x @ teacher)

    def step():
        adam.zero_grad()
        (0.5 * (net(x) - y).square().sum(1).mean()).backward()
        adam.step()

    return step


def hidden(net, x):
    """What every linear layer gives on x, by name."""
    seen = {}
    hooks = [module.register_forward_hook(lambda _, __, h, name=name: seen.update({name: h.detach().clone()}))
             for name, module in net.named_modules() if isinstance(module, nn.Linear)]
    with torch.no_grad():
        net(x)
    for hook in hooks:
        hook.remove()
    return seen


def record(path, widths, seeds, steps, sp):
    """A row for each width, seed, step and layer: the rms of h(t) - h(0) on inputs that are not trained on."""
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["width", "seed", "step", "layer", "rms"])
        for width in widths:
            for seed in range(seeds):
                torch.manual_seed(seed)
                x = torch.randn(32, INPUTS)
                net = build(width)
                step, start = train(net, width, sp), hidden(net, x)
                for t in range(1, steps + 1):
                    step()
                    for name, h in hidden(net, x).items():
                        rms = (h - start[name]).square().mean().sqrt().item()
                        rows.writerow([width, seed, t, name, rms])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Records a coordinate check.")
    parser.add_argument("file")
    parser.add_argument("--sp", action="store_true", help="one rate for all, as in the standard parametrisation")
    options = parser.parse_args()
    record(options.file, widths=(64, 128, 256, 512), seeds=4, steps=10, sp=options.sp)
