"""A DeiT or DeiT III in PyTorch, in double precision, from a file of weights under timm's names.

Arguments: weights, pictures (tensor `input`, N x 3 x H x W), file to write logits to; all safetensors, whose
container is read and written by hand because its package is not everywhere. "ready" alone checks what is installed.
"""
import json
import struct
import sys

import numpy
import torch
import torch.nn.functional as F

TYPES = {"F32": numpy.float32, "F64": numpy.float64}


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        values = numpy.frombuffer(data[start:end], TYPES[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.astype(numpy.float64))
    return tensors, metadata


def write(path, tensors):
    header, offset = {}, 0
    for name, tensor in tensors.items():
        size = tensor.numel() * 8
        header[name] = {
            "dtype": "F64", "shape": list(tensor.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.contiguous().numpy().tobytes())


class Network:
    def __init__(self, weights, heads):
        self.weights = weights
        self.heads = heads

    def linear(self, name, x):
        return F.linear(x, self.weights[name + ".weight"], self.weights[name + ".bias"])

    def norm(self, name, x):
        weight, bias = self.weights[name + ".weight"], self.weights[name + ".bias"]
        return F.layer_norm(x, weight.shape, weight, bias, eps=1e-6)

    def attention(self, name, x):
        samples, tokens, width = x.shape
        packed = self.linear(name + ".qkv", x)
        packed = packed.reshape(samples, tokens, 3, self.heads, width // self.heads)
        query, key, value = packed.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(2, 3) * (width // self.heads) ** -0.5
        mixed = scores.softmax(dim=3) @ value
        return self.linear(name + ".proj", mixed.transpose(1, 2).reshape(samples, tokens, width))

    def block(self, name, x):
        first, second = self.weights.get(name + ".gamma_1", 1), self.weights.get(name + ".gamma_2", 1)
        x = x + first * self.attention(name + ".attn", self.norm(name + ".norm1", x))
        hidden = F.gelu(self.linear(name + ".mlp.fc1", self.norm(name + ".norm2", x)))
        return x + second * self.linear(name + ".mlp.fc2", hidden)

    def logits(self, pictures):
        kernel = self.weights["patch_embed.proj.weight"]
        x = F.conv2d(pictures, kernel, self.weights["patch_embed.proj.bias"], stride=kernel.shape[2])
        x = x.flatten(2).transpose(1, 2)
        special = [self.weights[n] for n in ("cls_token", "dist_token") if n in self.weights]
        special = torch.cat(special, dim=1).expand(len(x), -1, -1)
        positions = self.weights["pos_embed"]
        if positions.shape[1] == x.shape[1]:
            x = torch.cat([special, x + positions], dim=1)
        else:
            x = torch.cat([special, x], dim=1) + positions
        depth = 0
        while "blocks.%d.norm1.weight" % depth in self.weights:
            x = self.block("blocks.%d" % depth, x)
            depth += 1
        x = self.norm("norm", x)
        answers = {"logits_cls": self.linear("head", x[:, 0])}
        if "dist_token" in self.weights:
            answers["logits_dist"] = self.linear("head_dist", x[:, 1])
        return answers


if sys.argv[1:] != ["ready"]:
    torch.set_num_threads(1)
    weights, metadata = read(sys.argv[1])
    pictures, _ = read(sys.argv[2])
    with torch.no_grad():
        write(sys.argv[3], Network(weights, int(metadata["heads"])).logits(pictures["input"]))
print("torch " + torch.__version__)
