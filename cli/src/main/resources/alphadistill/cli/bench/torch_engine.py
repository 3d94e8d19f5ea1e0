"""The networks of `alphadistill bench engine` in PyTorch: one step for each line on standard input.

Arguments: "image" or "window", "train" or "infer", "cpu" or "cuda", batch, tokens, features of a token, width, depth, heads, threads.
Images are 224 x 224 with 1000 classes and hard distillation; windows have scalar heads and squared distances.
Prints "torch VERSION" once it is ready, then the seconds of each step.
"""
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class Encoder(nn.Module):
    """Pre-norm block; attention written out, as this version has no fused one for training."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.before_attention = nn.LayerNorm(width, eps=1e-6)
        self.packed = nn.Linear(width, 3 * width)
        self.joined = nn.Linear(width, width)
        self.before_mlp = nn.LayerNorm(width, eps=1e-6)
        self.widened = nn.Linear(width, 4 * width)
        self.narrowed = nn.Linear(4 * width, width)

    def attend(self, rows):
        samples, tokens, width = rows.shape
        parts = self.packed(rows).reshape(samples, tokens, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        if hasattr(F, "scaled_dot_product_attention"):
            mixed = F.scaled_dot_product_attention(query, key, value)
        else:
            scores = torch.matmul(query * (width // self.heads) ** -0.5, key.transpose(2, 3))
            mixed = torch.matmul(scores.softmax(dim=3), value)
        return self.joined(mixed.transpose(1, 2).reshape(samples, tokens, width))

    def forward(self, rows):
        rows = rows + self.attend(self.before_attention(rows))
        return rows + self.narrowed(F.gelu(self.widened(self.before_mlp(rows))))


class Patches(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.cut = nn.Conv2d(3, width, kernel_size=16, stride=16)

    def forward(self, images):
        return self.cut(images).flatten(2).transpose(1, 2)


class Distilled(nn.Module):
    def __init__(self, embedding, outputs, tokens, width, depth, heads):
        super().__init__()
        self.embedding = embedding
        self.special = nn.Parameter(0.02 * torch.randn(1, 2, width))  # class token, distillation token
        self.positions = nn.Parameter(0.02 * torch.randn(1, tokens + 2, width))
        self.encoders = nn.ModuleList([Encoder(width, heads) for _ in range(depth)])
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.class_head = nn.Linear(width, outputs)
        self.dist_head = nn.Linear(width, outputs)

    def forward(self, inputs):
        special = self.special.expand(inputs.shape[0], 2, -1)
        rows = torch.cat((special, self.embedding(inputs)), dim=1) + self.positions
        for encoder in self.encoders:
            rows = encoder(rows)
        read = self.norm(rows[:, :2])  # heads read two rows, so only they are normalised
        return self.class_head(read[:, 0]), self.dist_head(read[:, 1])


def main():
    image, training, device = sys.argv[1] == "image", sys.argv[2] == "train", sys.argv[3]
    batch, tokens, features, width, depth, heads, threads = map(int, sys.argv[4:])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    outputs = 1000 if image else 1
    embedding = Patches(width) if image else nn.Linear(features, width)
    network = Distilled(embedding, outputs, tokens, width, depth, heads).train(training).to(device)
    inputs = torch.randn(batch, 3, 224, 224) if image else torch.randn(batch, tokens, features)
    labels = torch.randint(outputs, (batch,)) if image else torch.randn(batch, 1)
    answers = torch.randint(outputs, (batch,)) if image else torch.randn(batch, 1)
    inputs, labels, answers = inputs.to(device), labels.to(device), answers.to(device)
    distance = F.cross_entropy if image else F.mse_loss
    optimiser = torch.optim.AdamW(network.parameters(), lr=5e-4, weight_decay=0.05, foreach=True)

    def train():
        forecast, taught = network(inputs)
        loss = 0.5 * distance(forecast, labels) + 0.5 * distance(taught, answers)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        float(loss.detach())

    def infer():
        with torch.inference_mode():
            forecast, taught = network(inputs)
            float((forecast + taught).mul_(0.5).sum())

    step = train if training else infer
    print("torch", torch.__version__, flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        step()
        print(time.perf_counter() - begun, flush=True)


main()
