"""Writes test/fixtures/digit-logits.json: what PyTorch makes of the shipped digits classifier, on held-out digits.

usage: python3 scripts/digit_logits.py > test/fixtures/digit-logits.json      (torch 2.13)
"""
import base64
import hashlib
import json
import re
import zlib
from pathlib import Path

import numpy
import torch
import torch.nn.functional as F

packages = Path(__file__).resolve().parents[2]


def embedded(path, name):
    text = (packages / path).read_text()
    return base64.b64decode(re.search(f"export const {name}: string = '([^']+)'", text).group(1))


packed = embedded("metrics/src/extractors/digit-weights.data.ts", "halfBase64")
numbers = numpy.frombuffer(packed, "<f2").astype(numpy.float32)
shapes = [
    (3, 3, 1, 16), (16,), (3, 3, 16, 32), (32,), (3, 3, 32, 64), (64,),
    (576, 128), (128,), (128, 10), (10,),
]  # fmt: skip
weights, at = [], 0
for shape in shapes:
    size = int(numpy.prod(shape))
    weights.append(torch.tensor(numbers[at : at + size].reshape(shape)))
    at += size
assert at == len(numbers)

digits = numpy.frombuffer(zlib.decompress(embedded("datasets/src/mnist-digits.data.ts", "zlibBase64")), "uint8")
first, count = 8000, 20
images = digits[first * 784 : (first + count) * 784].reshape(count, 1, 28, 28).astype(numpy.float32)
x = torch.tensor(images) / 127.5 - 1
for layer in range(3):
    kernel, bias = weights[2 * layer : 2 * layer + 2]
    x = F.max_pool2d(F.relu(F.conv2d(x, kernel.permute(3, 2, 0, 1), bias, padding=1)), 2)
# tfjs has channels last, so its dense kernel counts them fastest.
features = F.relu(x.permute(0, 2, 3, 1).reshape(count, -1) @ weights[6] + weights[7])
logits = features @ weights[8] + weights[9]


def rounded(values):
    return [round(value, 6) for value in values.flatten().tolist()]


print(json.dumps({
    "sha256": hashlib.sha256(packed).hexdigest(),
    "first": first,
    "count": count,
    "features": rounded(features),
    "logits": rounded(logits),
}))  # fmt: skip
