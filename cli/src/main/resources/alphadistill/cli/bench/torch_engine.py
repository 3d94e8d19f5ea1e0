"""The student of `alphadistill bench student` in PyTorch: one training step for each line on standard input.

Arguments: batch size, threads. Prints "torch VERSION" once it is ready, then the seconds of each step.
"""
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

TOKENS, FEATURES, WIDTH, DEPTH, HEADS = 64, 32, 128, 4, 4


class Encoder(nn.Module):
    """Pre-norm block; attention written out, as this version has no fused one for training."""

    def __init__(self):
        super().__init__()
        self.before_attention = nn.LayerNorm(WIDTH, eps=1e-6)
        self.packed = nn.Linear(WIDTH, 3 * WIDTH)
        self.joined = nn.Linear(WIDTH, WIDTH)
        self.before_mlp = nn.LayerNorm(WIDTH, eps=1e-6)
        self.widened = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrowed = nn.Linear(4 * WIDTH, WIDTH)

    def attend(self, rows):
        samples, tokens, _ = rows.shape
        parts = self.packed(rows).reshape(samples, tokens, 3, HEADS, WIDTH // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        if hasattr(F, "scaled_dot_product_attention"):
            mixed = F.scaled_dot_product_attention(query, key, value)
        else:
            scores = torch.matmul(query * (WIDTH // HEADS) ** -0.5, key.transpose(2, 3))
            mixed = torch.matmul(scores.softmax(dim=3), value)
        return self.joined(mixed.transpose(1, 2).reshape(samples, tokens, WIDTH))

    def forward(self, rows):
        rows = rows + self.attend(self.before_attention(rows))
        return rows + self.narrowed(F.gelu(self.widened(self.before_mlp(rows))))


class Student(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Linear(FEATURES, WIDTH)
        self.special = nn.Parameter(0.02 * torch.randn(1, 2, WIDTH))  # class token, distillation token
        self.positions = nn.Parameter(0.02 * torch.randn(1, TOKENS + 2, WIDTH))
        self.encoders = nn.ModuleList([Encoder() for _ in range(DEPTH)])
        self.norm = nn.LayerNorm(WIDTH, eps=1e-6)
        self.class_head = nn.Linear(WIDTH, 1)
        self.dist_head = nn.Linear(WIDTH, 1)

    def forward(self, windows):
        special = self.special.expand(windows.shape[0], 2, WIDTH)
        rows = torch.cat((special, self.embedding(windows)), dim=1) + self.positions
        for encoder in self.encoders:
            rows = encoder(rows)
        read = self.norm(rows[:, :2])  # heads read two rows, so only they are normalised
        return self.class_head(read[:, 0]), self.dist_head(read[:, 1])


def main():
    batch, threads = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    student = Student().train()
    windows = torch.randn(batch, TOKENS, FEATURES)
    labels = torch.randn(batch, 1)
    answers = torch.randn(batch, 1)
    optimiser = torch.optim.AdamW(student.parameters(), lr=5e-4, weight_decay=0.05, foreach=True)
    print("torch", torch.__version__, flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        forecast, taught = student(windows)
        loss = 0.5 * F.mse_loss(forecast, labels) + 0.5 * F.mse_loss(taught, answers)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        float(loss.detach())
        print(time.perf_counter() - begun, flush=True)


main()
