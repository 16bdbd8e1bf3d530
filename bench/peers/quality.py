"""Trains the twins of gankit's DCGANs in PyTorch on gankit's own images, and draws 5,000 fakes of their moving average.

usage: quality.py --out FOLDER [--of r1|full|light] [--pixels FILE] [--base N] [--seen 128000] [--seed 0] [--threads 2]
of:     r1    = digits: Adam 2e-4 (0.5, 0.99), R1 every 4th step, gamma 0.2, average 0.998
        full  = digits, the preset of that name: Adam 1e-3 falling along a cosine to 1e-5, betas (0, 0.99), gamma 1, average 0.999
        light = faces of 64x64x3, the preset of that name; the rate falls over the images of --seen. --pixels is the
                pixels.bin of gankit's cache: n*64*64*3 bytes
writes: digits as IDX files, faces as PNG files, so that gankit measures them as it measures its own:
        gankit evaluate idx:FOLDER --against embedded, gankit evaluate folder:FOLDER --against cartoon:20000
"""
import argparse, base64, copy, math, pathlib, re, struct, time, zlib
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

p = argparse.ArgumentParser()
p.add_argument("--out", required=True, type=pathlib.Path)
p.add_argument("--of", choices=["r1", "full", "light"], default="r1")
p.add_argument("--pixels", type=pathlib.Path)
p.add_argument("--base", type=int, help="default 64 of digits, 32 of faces")
p.add_argument("--seen", type=int, default=128_000)
p.add_argument("--seed", type=int, default=0)
p.add_argument("--threads", type=int, default=2)
a = p.parse_args()
torch.manual_seed(a.seed)
torch.set_num_threads(a.threads)
LATENT, FAKES, FACES = 100, 5000, a.of == "light"
BATCH, EVERY = (32, 8) if FACES else (64, 4)
rate, beta1, gamma, decay = {
    "r1": (2e-4, 0.5, 0.2, 0.998),
    "full": (1e-3, 0.0, 1.0, 0.999),
    "light": (1e-3, 0.0, 1.0, 0.998),
}[a.of]
falls_over = {"r1": None, "full": 30_000, "light": a.seen // BATCH}[a.of]

if FACES:
    pixels = np.fromfile(a.pixels, np.uint8).reshape(-1, 64, 64, 3)
else:
    source = pathlib.Path(__file__).parents[2] / "packages/datasets/src/mnist-digits.data.ts"
    embedded = max(re.findall(r"[A-Za-z0-9+/=]{1000,}", source.read_text()), key=len)
    pixels = np.frombuffer(zlib.decompress(base64.b64decode(embedded)), np.uint8)[: 10_000 * 784].reshape(-1, 28, 28, 1)
x = torch.from_numpy(pixels.copy()).permute(0, 3, 1, 2)
side, channels = x.shape[2], x.shape[1]


def nets(stages, base, norm):
    first, top = side >> stages, base << (stages - 1)
    G = [nn.Linear(LATENT, top * first**2, bias=False), nn.Unflatten(1, (top, first, first)), nn.BatchNorm2d(top), nn.LeakyReLU(0.2)]
    for width in [top >> stage for stage in range(stages - 1)]:
        G += [nn.ConvTranspose2d(width, width // 2, 5, 2, 2, 1, bias=False), nn.BatchNorm2d(width // 2), nn.LeakyReLU(0.2)]
    G += [nn.ConvTranspose2d(base, channels, 5, 2, 2, 1), nn.Tanh()]
    D = [nn.Conv2d(channels, base, 5, 2, 2), nn.LeakyReLU(0.2)]
    for width in [base << stage for stage in range(stages - 1)]:
        D += [nn.Conv2d(width, 2 * width, 5, 2, 2, bias=not norm), *([nn.BatchNorm2d(2 * width)] if norm else []), nn.LeakyReLU(0.2)]
    return nn.Sequential(*G), nn.Sequential(*D, nn.Flatten(), nn.Linear(top * first**2, 1))


G, D = nets(4, a.base or 32, True) if FACES else nets(2, a.base or 64, False)
for m in [*G.modules(), *D.modules()]:
    if isinstance(m, (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)):
        nn.init.normal_(m.weight, 0, 0.02)
        if m.bias is not None:
            nn.init.zeros_(m.bias)
    if isinstance(m, nn.BatchNorm2d):
        nn.init.normal_(m.weight, 1, 0.02)
G, D = G.to(memory_format=torch.channels_last), D.to(memory_format=torch.channels_last)
average = copy.deepcopy(G)
oG, oD = (torch.optim.Adam(net.parameters(), rate, (beta1, 0.99)) for net in (G, D))
cosine = lambda step: 0.01 + 0.99 * (1 + math.cos(math.pi * min(1, step / falls_over))) / 2 if falls_over else 1.0
schedules = [torch.optim.lr_scheduler.LambdaLR(o, cosine) for o in (oG, oD)]
batch_of = lambda i: (x[i].float() / 127.5 - 1).to(memory_format=torch.channels_last)

step, began = 0, time.time()
while step * BATCH < a.seen:
    for i in torch.randperm(len(x)).split(BATCH):
        if len(i) < BATCH or step * BATCH >= a.seen:
            break
        real = batch_of(i).requires_grad_(step % EVERY == 0)
        with torch.no_grad():
            fake = G(torch.randn(BATCH, LATENT))
        logits = D(real)
        loss = F.softplus(-logits).mean() + F.softplus(D(fake)).mean()
        if step % EVERY == 0:
            slope, = torch.autograd.grad(logits.sum(), real, create_graph=True)
            loss = loss + EVERY * gamma / 2 * slope.square().sum((1, 2, 3)).mean()
        oD.zero_grad(); loss.backward(); oD.step()
        loss = F.softplus(-D(G(torch.randn(BATCH, LATENT)))).mean()
        oG.zero_grad(); loss.backward(); oG.step()
        for schedule in schedules:
            schedule.step()
        step += 1
        with torch.no_grad():
            for mean, now in zip(average.parameters(), G.parameters()):
                mean.lerp_(now, max(1 - decay, 1 / (step + 1)))
            for mean, now in zip(average.buffers(), G.buffers()):
                mean.copy_(now)

average.eval()
with torch.no_grad():
    fakes = torch.cat([average(torch.randn(500, LATENT)) for _ in range(FAKES // 500)])
drawn = ((fakes.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()
a.out.mkdir(parents=True, exist_ok=True)


def png(image):
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + row.tobytes() for row in image)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


if FACES:
    for number, image in enumerate(drawn):
        (a.out / f"{number:05}.png").write_bytes(png(image))
else:
    (a.out / "train-images-idx3-ubyte").write_bytes(struct.pack(">IIII", 2051, FAKES, 28, 28) + drawn.tobytes())
    (a.out / "train-labels-idx1-ubyte").write_bytes(struct.pack(">II", 2049, FAKES) + bytes(FAKES))
print(f"{step * BATCH} images in {time.time() - began:.0f} s, {FAKES} fakes in {a.out}")
