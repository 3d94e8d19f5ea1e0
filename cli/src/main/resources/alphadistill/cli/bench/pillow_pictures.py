"""The pictures of `alphadistill bench images` in Pillow and torchvision: one pass over a folder for each line on
standard input.

Arguments: folder of .jpg files, "decode" or "train". Prints "Pillow VERSION" once it is ready, then the seconds of
processor time of each pass.
"""
import glob
import io
import os
import sys
import time

import PIL
from PIL import Image

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def decode(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


def training():
    import torch
    import torchvision
    from torchvision import transforms

    torch.set_num_threads(1)
    steps = transforms.Compose([
        transforms.RandomResizedCrop(224, interpolation=transforms.InterpolationMode.BICUBIC),
        transforms.RandomHorizontalFlip(),
        transforms.ToTensor(),
        transforms.Normalize(MEAN, DEVIATION),
    ])
    return (lambda data: steps(decode(data))), " with torchvision " + torchvision.__version__


def main():
    files = [open(name, "rb").read() for name in sorted(glob.glob(os.path.join(sys.argv[1], "*.jpg")))]
    work, beside = training() if sys.argv[2] == "train" else (decode, "")
    print("Pillow " + PIL.__version__ + beside, flush=True)
    for _ in sys.stdin:
        begun = time.process_time()
        for data in files:
            work(data)
        print(time.process_time() - begun, flush=True)


main()
