"""Saves a torchvision network with drawn values, pictures, and its logits in double precision.

Usage: torchvision_network.py ready | NAME FOLDER. Debian: apt-get install python3-torchvision.
"""

import sys

import torch
import torchvision

NETWORKS = {
    "resnet18": "resnet18",
    "resnet50": "resnet50",
    "regnety_160": "regnet_y_16gf",
    "efficientnet_b3": "efficientnet_b3",
}

print("torchvision", torchvision.__version__, flush=True)
if sys.argv[1] != "ready":
    name, folder = sys.argv[1:]
    torch.manual_seed(1)
    torch.set_num_threads(1)
    network = getattr(torchvision.models, NETWORKS[name])(weights=None).eval()
    for key, value in network.state_dict().items():  # fresh norms would change nothing
        if key.endswith("running_mean"):
            value.copy_(torch.randn_like(value) * 0.1)
        elif key.endswith("running_var"):
            value.copy_(torch.rand_like(value) + 0.5)
        elif value.dim() == 1 and key.endswith("weight"):
            value.copy_(torch.rand_like(value) * 0.5 + 0.75)
        elif value.dim() == 1:
            value.copy_(torch.randn_like(value) * 0.1)
    torch.save(network.state_dict(), folder + "/weights.pth")
    pictures = torch.randn(2, 3, 70, 64)
    with torch.no_grad():
        logits = network.double()(pictures.double())
    torch.save({"pictures": pictures, "logits": logits}, folder + "/reference.pth",
               _use_new_zipfile_serialization=False)
