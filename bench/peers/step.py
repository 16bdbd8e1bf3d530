"""Times adversarial training steps in PyTorch: the networks of `pnpm bench step`, layer for layer, and its optimizers.

usage: step.py [--model vanilla|dcgan28|dcgan64] [--batch 64] [--base 64] [--threads 2] [--steps 20] [--precision float32|mixed]
prints: one JSON line {"peer", "model", "batch", "base", "threads", "precision", "msPerStep", "imagesPerSecond"}
"""
import argparse, json, time
import torch
from torch import nn
from torch.nn import functional as F

p = argparse.ArgumentParser()
p.add_argument("--model", choices=["vanilla", "dcgan28", "dcgan64"], default="vanilla")
p.add_argument("--batch", type=int, default=64)
p.add_argument("--base", type=int, default=64, help="filters of D's first convolution")
p.add_argument("--threads", type=int, default=2)
p.add_argument("--steps", type=int, default=20)
p.add_argument("--precision", choices=["float32", "mixed"], default="float32", help="mixed: autocast to bfloat16")
a = p.parse_args()
torch.manual_seed(0)
torch.set_num_threads(a.threads)
KERNEL = 5


def dense(i, o, norm=False):
    return [nn.Linear(i, o), *([nn.BatchNorm1d(o)] if norm else []), nn.LeakyReLU(0.2)]


def vanilla():
    G = [*dense(100, 128), *dense(128, 256, True), *dense(256, 512, True), *dense(512, 1024, True), nn.Linear(1024, 784), nn.Tanh()]
    return nn.Sequential(*G), nn.Sequential(*dense(784, 512), *dense(512, 256), nn.Linear(256, 1)), (784,)


def dcgan(size, channels, first, stages):
    """(n, 100) -> (n, channels, size, size) -> (n, 1), batch norm everywhere but at D's input and G's output."""
    top = a.base * 2 ** (stages - 1)
    G = [nn.Linear(100, top * first * first, bias=False), nn.Unflatten(1, (top, first, first)), nn.BatchNorm2d(top), nn.LeakyReLU(0.2)]
    for width in [top // 2**stage for stage in range(stages - 1)]:
        G.append(nn.ConvTranspose2d(width, width // 2, KERNEL, 2, KERNEL // 2, 1, bias=False))
        G += [nn.BatchNorm2d(width // 2), nn.LeakyReLU(0.2)]
    G += [nn.ConvTranspose2d(a.base, channels, KERNEL, 2, KERNEL // 2, 1), nn.Tanh()]
    D = [nn.Conv2d(channels, a.base, KERNEL, 2, KERNEL // 2), nn.LeakyReLU(0.2)]
    for width in [a.base * 2**stage for stage in range(stages - 1)]:
        D.append(nn.Conv2d(width, width * 2, KERNEL, 2, KERNEL // 2, bias=False))
        D += [nn.BatchNorm2d(width * 2), nn.LeakyReLU(0.2)]
    D += [nn.Flatten(), nn.Linear(top * first * first, 1)]
    nets = [nn.Sequential(*net).to(memory_format=torch.channels_last) for net in (G, D)]
    return *nets, (channels, size, size)


if a.model == "vanilla":
    G, D, shape = vanilla()
else:
    G, D, shape = dcgan(28, 1, 7, 2) if a.model == "dcgan28" else dcgan(64, 3, 4, 4)
optimizer_g = torch.optim.Adam(G.parameters(), 2e-4, (0.5, 0.999))
optimizer_d = torch.optim.Adam(D.parameters(), 2e-4, (0.5, 0.999))
real = torch.rand(a.batch, *shape) * 2 - 1
if len(shape) == 3:
    real = real.to(memory_format=torch.channels_last)


def step():
    with torch.autocast("cpu", torch.bfloat16, enabled=a.precision == "mixed"):
        with torch.no_grad():
            fake = G(torch.randn(a.batch, 100))
        optimizer_d.zero_grad()
        (F.softplus(-D(real)).mean() + F.softplus(D(fake)).mean()).backward()
        optimizer_d.step()
        optimizer_g.zero_grad()
        F.softplus(-D(G(torch.randn(a.batch, 100)))).mean().backward()
        optimizer_g.step()


for _ in range(3):
    step()
times = []
for _ in range(a.steps):
    began = time.perf_counter()
    step()
    times.append(time.perf_counter() - began)
ms = sorted(times)[len(times) // 2] * 1e3
settings = {"model": a.model, "batch": a.batch, "base": a.base, "threads": a.threads, "precision": a.precision}
print(json.dumps({"peer": f"torch {torch.__version__}", **settings, "msPerStep": ms, "imagesPerSecond": a.batch / ms * 1e3}))
