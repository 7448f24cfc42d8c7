"""Writes trajectories.txt: trainings by PyTorch and by the package `mup` (Yang et al. 2022).

    pip install torch mup
    python make_trajectories.py > trajectories.txt

A net is a tanh network of three layers with biases, in f64:

    net sp|mup WIDTH BASE_WIDTH OUTPUT_MULTIPLIER
    x, y, and the effective parameters at the start: W_1, b_1, W_2, b_2, W_3, b_3 (weights fan_in x fan_out)

and each of its runs is two lines: what was done, and 0.5 mean (f - y)^2 before each of the steps and after the last. An array is
`DIMS|values`. "Effective" is what the network uses: in the output layer of `mup` the stored weights times
output_mult / width_mult. That package leaves its output bias without a multiplier, and starts all biases uniform at +-1/sqrt(fan_in);
the latter does not matter here, where the start is given.
"""

import mup
import torch
from torch.nn import Linear, Sequential, Tanh

torch.set_default_dtype(torch.float64)
IN, OUT, BATCH, STEPS = 4, 2, 6, 12


def network(width, last):
    return Sequential(Linear(IN, width), Tanh(), Linear(width, width), Tanh(), last(width, OUT))


def array(t):
    return "x".join(map(str, t.shape)) + "|" + " ".join(repr(v) for v in t.detach().flatten().tolist())


def make(kind, width, base_width, output_mult):
    torch.manual_seed(1)
    if kind == "sp":
        return network(width, Linear)
    readout = lambda fan_in, fan_out: mup.MuReadout(fan_in, fan_out, output_mult=output_mult)
    net = network(width, readout)
    return mup.set_base_shapes(net, network(base_width, readout), delta=network(base_width + 1, readout))


def effective(net, kind, width, base_width, output_mult):
    for i in (0, 2, 4):
        scale = output_mult * base_width / width if kind == "mup" and i == 4 else 1
        yield scale * net[i].weight.T
        yield net[i].bias


def loss(net, x, y):
    return 0.5 * (net(x) - y).square().mean()


def train(net, optimiser, x, y):
    losses = []
    for _ in range(STEPS + 1):
        value = loss(net, x, y)
        losses.append(value)
        optimiser.zero_grad()
        value.backward()
        optimiser.step()
    return torch.stack(losses)


# Name and options. Where weight decay enters the gradient, `mup` divides it by the factor of the learning rate, and stands apart.
RUNS = [
    ("sgd", dict(lr=0.2)),
    ("sgd", dict(lr=0.1, momentum=0.9)),
    ("sgd", dict(lr=0.1, momentum=0.9, weight_decay=0.1)),
    ("adam", dict(lr=0.01)),
    ("adam", dict(lr=0.01, eps=0.0)),
    ("adam", dict(lr=0.02, betas=(0.8, 0.95), eps=1e-2)),
    ("adam", dict(lr=0.01, eps=0.0, weight_decay=0.1)),
    ("adamw", dict(lr=0.01, eps=0.0, weight_decay=0.1)),
]
OPTIMISERS = {
    "sp": dict(sgd=torch.optim.SGD, adam=torch.optim.Adam, adamw=torch.optim.AdamW),
    "mup": dict(sgd=mup.MuSGD, adam=mup.MuAdam, adamw=mup.MuAdamW),
}

print("# made with PyTorch %s and mup %s by make_trajectories.py, which says what stands here" %
      (torch.__version__.split("+")[0], mup.__version__ if hasattr(mup, "__version__") else "1.0.0"))
for kind, width, base_width, output_mult in [("sp", 8, 8, 1), ("mup", 12, 4, 2)]:
    torch.manual_seed(0)
    x, y = torch.randn(BATCH, IN), torch.randn(BATCH, OUT)
    settings = (kind, width, base_width, output_mult)
    print("net", *settings)
    for t in (x, y, *effective(make(*settings), *settings)):
        print(array(t))
    for name, options in RUNS:
        if kind == "mup" and name != "adamw" and "weight_decay" in options:
            continue
        net = make(*settings)
        optimiser = OPTIMISERS[kind][name](net.parameters(), **options)
        decay = options.get("weight_decay", 0)
        b1, b2 = options.get("betas", (0.9, 0.999))
        print("run", name, options["lr"], options.get("momentum", 0), b1, b2, options.get("eps", 1e-8), decay)
        print(array(train(net, optimiser, x, y)))
