"""Writes the tiny ONNX models beside this script: each answers with the mean of every channel.

No library is needed: a protocol buffer is a list of (field number, wire type, value). Run with any Python 3.
"""

import os


def varint(n):
    out = b""
    while True:
        out += bytes([n & 127 | (128 if n > 127 else 0)])
        n >>= 7
        if not n:
            return out


def number(field, value):
    return varint(field << 3) + varint(value)


def piece(field, value):
    value = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | 2) + varint(len(value)) + value


def value_info(field, name, dims, kind=1):
    shape = b"".join(piece(1, number(1, d) if isinstance(d, int) else piece(2, d)) for d in dims)
    tensor = number(1, kind) + piece(2, shape)
    return piece(field, piece(1, name) + piece(2, piece(1, tensor)))


def node(op, inputs, output, attributes=b""):
    return piece(1, b"".join(piece(1, i) for i in inputs) + piece(2, output) + piece(4, op) + attributes)


def ints(name, values):
    return piece(5, piece(1, name) + b"".join(number(8, v) for v in values) + number(20, 7))


def integer(name, value):
    return piece(5, piece(1, name) + number(3, value) + number(20, 2))


def write(name, graph):
    model = number(1, 7) + piece(7, graph) + piece(8, number(2, 13))
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), "wb") as f:
        f.write(model)


pool = node("GlobalAveragePool", ["images"], "pooled") + node("Flatten", ["pooled"], "logits")
write("fixed-batch.onnx", pool + piece(2, "g")
      + value_info(11, "images", [2, 3, "h", "w"]) + value_info(12, "logits", [2, 3]))
write("fixed-size.onnx", pool + piece(2, "g")
      + value_info(11, "images", ["n", 1, 4, 5]) + value_info(12, "logits", ["n", 1]))
mean = node("ReduceMean", ["images"], "logits", ints("axes", [1, 2]) + integer("keepdims", 0))
write("channel-last.onnx", mean + piece(2, "g")
      + value_info(11, "images", ["n", "h", "w", 3]) + value_info(12, "logits", ["n", 3]))
two = node("Add", ["images", "more"], "logits")
write("two-inputs.onnx", two + piece(2, "g")
      + value_info(11, "images", ["n", 3, 4, 4]) + value_info(11, "more", ["n", 3, 4, 4])
      + value_info(12, "logits", ["n", 3, 4, 4]))
flat = node("Identity", ["rows"], "logits")
write("rows.onnx", flat + piece(2, "g")
      + value_info(11, "rows", ["n", 7]) + value_info(12, "logits", ["n", 7]))
