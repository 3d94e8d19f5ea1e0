"""The distilled DeiT-Ti of `alphadistill verify device` in PyTorch: one training step for each line on standard input.

Arguments: batch size, device (cpu or cuda). Prints "torch VERSION" once it is ready, then the seconds of each step.
"""
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

SIDE, PATCH, WIDTH, DEPTH, HEADS, CLASSES = 224, 16, 192, 12, 3, 3


class Encoder(nn.Module):
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


class Deit(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Conv2d(3, WIDTH, PATCH, PATCH)
        self.special = nn.Parameter(0.02 * torch.randn(1, 2, WIDTH))  # class token, distillation token
        self.positions = nn.Parameter(0.02 * torch.randn(1, 2 + (SIDE // PATCH) ** 2, WIDTH))
        self.encoders = nn.ModuleList([Encoder() for _ in range(DEPTH)])
        self.norm = nn.LayerNorm(WIDTH, eps=1e-6)
        self.class_head = nn.Linear(WIDTH, CLASSES)
        self.dist_head = nn.Linear(WIDTH, CLASSES)

    def forward(self, pictures):
        patches = self.embedding(pictures).flatten(2).transpose(1, 2)
        special = self.special.expand(pictures.shape[0], 2, WIDTH)
        rows = torch.cat((special, patches), dim=1) + self.positions
        for encoder in self.encoders:
            rows = encoder(rows)
        read = self.norm(rows[:, :2])  # heads read two rows, so only they are normalised
        return self.class_head(read[:, 0]), self.dist_head(read[:, 1])


def main():
    batch, device = int(sys.argv[1]), sys.argv[2]
    if device == "cuda" and not torch.cuda.is_available():
        print("this PyTorch sees no GPU", flush=True)
        return
    torch.backends.cuda.matmul.allow_tf32 = False  # float32 as ours
    torch.backends.cudnn.allow_tf32 = False
    torch.manual_seed(1)
    network = Deit().to(device).train()
    pictures = torch.randn(batch, 3, SIDE, SIDE, device=device)
    labels = torch.randint(CLASSES, (batch,), device=device)
    optimiser = torch.optim.AdamW(network.parameters(), lr=5e-4, weight_decay=0.05)
    print("torch", torch.__version__, flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        own, taught = network(pictures)
        loss = 0.5 * F.cross_entropy(own, labels) + 0.5 * F.cross_entropy(taught, labels)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        float(loss.detach())  # waits for the device
        print(time.perf_counter() - begun, flush=True)


if __name__ == "__main__":
    main()
