"""Writes the torch files beside this script, in the format of torch 1.6 and later and in the one before.

Run with a Python 3 that has torch (the files at hand are by Debian's python3-torch 1.13). Element i of each tensor is
i / 2 - 1, which all types of floats hold exactly; whole numbers are 0, 1, 2, ...
"""

import argparse
import builtins
import os
from collections import OrderedDict

import torch

FOLDER = os.path.dirname(os.path.abspath(__file__))


def values(*shape):
    n = 1
    for size in shape:
        n *= size
    return (torch.arange(float(n)) / 2 - 1).reshape(shape)


class Runs:
    """An object whose pickle calls a function when it is loaded by Python."""

    def __init__(self, function, argument):
        self.call = (function, (argument,))

    def __reduce__(self):
        return self.call


def save(name, content):
    torch.save(content, os.path.join(FOLDER, name + ".pth"))
    torch.save(content, os.path.join(FOLDER, name + "-before.pth"), _use_new_zipfile_serialization=False)


whole = values(3, 4)
state = OrderedDict(
    float32=values(2, 3),
    turned=values(3, 2).t(),  # strides (1, 2)
    part=whole[1:, ::2],  # offset 4, strides (4, 2), shares its storage with nobody in the file
    float64=values(3).double(),
    half=values(3).half(),
    bfloat16=values(3).bfloat16(),
    parameter=torch.nn.Parameter(values(2)),
    num_batches_tracked=torch.tensor(7),
    empty=torch.zeros(0, 5),
)
state._metadata = OrderedDict(version=1)  # as a module's state has
save("state", state)
save("model", {"model": OrderedDict(w=values(2)), "epoch": 3, "args": argparse.Namespace(lr=0.1, name="x")})
save("nested", {"state_dict": {"w": values(2), "b": values(1)}, "best": 0.5})
save("runs-system", OrderedDict(w=values(2), x=Runs(os.system, "touch ran")))
save("runs-eval", {"model": Runs(builtins.eval, "1")})
save("no-tensors", {"epoch": 3})
