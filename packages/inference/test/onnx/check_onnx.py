"""Checks files of ONNX with its own checker and the onnxruntime of Python.

GANKIT_ONNX_FOLDER=/tmp/onnx npx vitest run test/onnx && python3 test/onnx/check_onnx.py /tmp/onnx
(onnx 1.23, onnxruntime 1.30)
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

worst, count = 0.0, 0
for path in sorted(Path(sys.argv[1]).glob("*.onnx")):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    case = json.loads(path.with_suffix(".json").read_text())
    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    feeds = {
        name: np.array(given["values"], given["type"]).reshape(given["shape"]) for name, given in case["inputs"].items()
    }
    (got,) = session.run(["samples"], feeds)
    if got.ndim == 4:
        got = got.transpose(0, 2, 3, 1)
    expected = np.array(case["samples"], np.float32).reshape(-1, *case["sampleShape"])
    assert got.shape == expected.shape, (path, got.shape, expected.shape)
    is_half = any(tensor.data_type == onnx.TensorProto.FLOAT16 for tensor in model.graph.initializer)
    away = float(np.abs(got - expected).max())
    assert away < (2e-2 if is_half else 1e-4), (path, away)
    if not is_half:
        worst = max(worst, away)
    count += 1
assert count > 0, "no files"
print(f"{count} files pass onnx.checker; the greatest difference of those in 32 bits is {worst:.1e}")
