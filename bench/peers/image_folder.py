"""Makes and reads a folder of JPEGs as PyTorch does: ImageFolder's decoding by Pillow, a DataLoader with 2 workers.

usage: image_folder.py make DIR COUNT      writes COUNT photo-like JPEGs of 178×218 into DIR/faces
       image_folder.py read DIR            one epoch of batches of 64: crop 178, resize to 64, to [−1, 1]
prints: one JSON line {"peer", "images", "imagesPerSecond"}
"""
import json, os, sys, time
import numpy as np
from PIL import Image

BATCH, CROP, SIZE = 64, 178, 64


def make(folder, count):
    random = np.random.default_rng(0)
    os.makedirs(f"{folder}/faces", exist_ok=True)
    for i in range(count):
        rough = Image.fromarray(random.integers(0, 256, (14, 12, 3), dtype=np.uint8)).resize((178, 218), Image.BICUBIC)
        fine = np.asarray(rough).astype(np.int16) + random.integers(-12, 13, (218, 178, 3))
        Image.fromarray(fine.clip(0, 255).astype(np.uint8)).save(f"{folder}/faces/{i:06d}.jpg", quality=90)


class Folder:
    """What torchvision's ImageFolder with CenterCrop, Resize, ToTensor and Normalize does, without torchvision."""

    def __init__(self, folder):
        self.paths = sorted(f"{folder}/faces/{name}" for name in os.listdir(f"{folder}/faces"))

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, i):
        import torch

        with open(self.paths[i], "rb") as file:
            image = Image.open(file).convert("RGB")
        left, top = (image.width - CROP) // 2, (image.height - CROP) // 2
        image = image.crop((left, top, left + CROP, top + CROP)).resize((SIZE, SIZE), Image.BILINEAR)
        return torch.from_numpy(np.array(image)).permute(2, 0, 1).contiguous().float().div(255).sub(0.5).div(0.5)


def read(folder):
    import torch

    data, images, start = Folder(folder), 0, time.perf_counter()
    for batch in torch.utils.data.DataLoader(data, batch_size=BATCH, shuffle=True, num_workers=2):
        images += len(batch)
    speed = images / (time.perf_counter() - start)
    print(json.dumps({"peer": f"torch {torch.__version__}, Pillow", "images": images, "imagesPerSecond": speed}))


if __name__ == "__main__":
    make(sys.argv[2], int(sys.argv[3])) if sys.argv[1] == "make" else read(sys.argv[2])
