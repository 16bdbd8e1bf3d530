"""Times one adversarial step of the `course` recipe in PyTorch: the same layers, sizes and optimizer settings.

usage: vanilla.py [--batch 64] [--threads 2] [--steps 20]
prints: one JSON line {"peer", "model", "batch", "threads", "msPerStep", "imagesPerSecond"}
"""
import argparse, json, time
import torch
from torch import nn
from torch.nn import functional as F

p = argparse.ArgumentParser()
p.add_argument("--batch", type=int, default=64)
p.add_argument("--threads", type=int, default=2)
p.add_argument("--steps", type=int, default=20)
a = p.parse_args()
torch.manual_seed(0)
torch.set_num_threads(a.threads)


def hidden(i, o, norm=False):
    return [nn.Linear(i, o), *([nn.BatchNorm1d(o)] if norm else []), nn.LeakyReLU(0.2)]


G = nn.Sequential(*hidden(100, 128), *hidden(128, 256, True), *hidden(256, 512, True), *hidden(512, 1024, True), nn.Linear(1024, 784), nn.Tanh())
D = nn.Sequential(*hidden(784, 512), *hidden(512, 256), nn.Linear(256, 1))
optimizer_g = torch.optim.Adam(G.parameters(), 2e-4, (0.5, 0.999))
optimizer_d = torch.optim.Adam(D.parameters(), 2e-4, (0.5, 0.999))
real = torch.rand(a.batch, 784) * 2 - 1


def step():
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
print(json.dumps({"peer": f"torch {torch.__version__}", "model": "vanilla", "batch": a.batch, "threads": a.threads, "msPerStep": ms, "imagesPerSecond": a.batch / ms * 1e3}))
