"""Trains the net of recipe `algorithm1` in PyTorch as published: SGD 0.1 with momentum 0.5, k = 1, batch 100.

usage: algorithm1.py --images FILE.u8 [--objective minimax|non-saturating] [--steps 300] [--seed 1] [--threads 2]
data:  --images holds n*784 bytes (row-major 28x28, 0..255)
prints: JSON lines {"step", "dReal", "dFake"}, means over the last 50 steps
"""
import argparse, json, math
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

p = argparse.ArgumentParser()
p.add_argument("--images", required=True)
p.add_argument("--objective", default="minimax", choices=["minimax", "non-saturating"])
p.add_argument("--steps", type=int, default=300)
p.add_argument("--seed", type=int, default=1)
p.add_argument("--threads", type=int, default=2)
a = p.parse_args()
torch.manual_seed(a.seed)
torch.set_num_threads(a.threads)
x = torch.from_numpy(np.fromfile(a.images, np.uint8).reshape(-1, 784).astype(np.float32)) / 255


class Maxout(nn.Module):
    def __init__(self, inputs, units, pieces):
        super().__init__()
        self.linear, self.shape = nn.Linear(inputs, units * pieces), (-1, units, pieces)

    def forward(self, h):
        return self.linear(h).view(self.shape).amax(2)


G = nn.Sequential(nn.Linear(100, 1200), nn.ReLU(), nn.Linear(1200, 1200), nn.ReLU(), nn.Linear(1200, 784), nn.Sigmoid())
D = nn.Sequential(nn.Dropout(0.2), Maxout(784, 240, 5), nn.Dropout(0.5), Maxout(240, 240, 5), nn.Dropout(0.5), nn.Linear(240, 1))
for net, limit in ((G, 0.05), (D, 0.005)):
    for m in net.modules():
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -limit, limit)
            nn.init.zeros_(m.bias)
optimizer_g = torch.optim.SGD(G.parameters(), 0.1, 0.5)
optimizer_d = torch.optim.SGD(D.parameters(), 0.1, 0.5)


def latent():
    return (torch.rand(100, 100) * 2 - 1) * math.sqrt(3)


step, seen = 0, []
while step < a.steps:
    for i in torch.randperm(len(x)).split(100):
        with torch.no_grad():
            fake = G(latent())
        real_logits, fake_logits = D(x[i]), D(fake)
        optimizer_d.zero_grad()
        (F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean()).backward()
        optimizer_d.step()
        logits = D(G(latent()))
        optimizer_g.zero_grad()
        (-F.softplus(logits).mean() if a.objective == "minimax" else F.softplus(-logits).mean()).backward()
        optimizer_g.step()
        step += 1
        seen.append((real_logits.sigmoid().mean().item(), fake_logits.sigmoid().mean().item()))
        if step % 100 == 0:
            real, fake = np.mean(seen[-50:], 0)
            print(json.dumps({"step": step, "dReal": round(real, 3), "dFake": round(fake, 4)}), flush=True)
        if step == a.steps:
            break
