"""Times the Frechet distance as the reference implementations compute it, by SciPy's matrix square root.

Usage: python frechet.py COUNT SIZE ROUNDS. Takes the median of the rounds and prints one JSON object. The moments are of normal samples, computed before.
"""

import json
import sys
import time

import numpy
import scipy
from scipy import linalg

count, size, rounds = map(int, sys.argv[1:])
sides = [numpy.random.default_rng(seed).standard_normal((count, size)) for seed in (1, 2)]
(mean1, cov1), (mean2, cov2) = [(side.mean(0), numpy.cov(side, rowvar=False)) for side in sides]

times = []
for _ in range(rounds):
    begun = time.perf_counter()
    root = linalg.sqrtm(cov1 @ cov2)
    distance = ((mean1 - mean2) ** 2).sum() + numpy.trace(cov1 + cov2 - 2 * numpy.real(root))
    times.append(time.perf_counter() - begun)
print(json.dumps({"scipy": scipy.__version__, "seconds": sorted(times)[rounds // 2], "distance": distance}))
