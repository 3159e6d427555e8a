import numpy as np

from exercises.attention.masking import masked_softmax
from exercises.attention.multi_head import merge_heads, split_heads
from exercises.transformer.feed_forward import feed_forward


def to64(tree):
    if isinstance(tree, dict):
        return {key: to64(value) for key, value in tree.items()}
    return np.asarray(tree, dtype=np.float64)


class EncoderBlock:
    def __init__(self, params, num_heads, activation, eps):
        self.params, self.num_heads = to64(params), num_heads
        self.activation, self.eps = activation, eps

    def attention(self, x, mask):
        p = self.params["attention"]
        q = split_heads(x @ p["w_query"] + p["b_query"], self.num_heads)
        k = split_heads(x @ p["w_key"] + p["b_key"], self.num_heads)
        v = split_heads(x @ p["w_value"] + p["b_value"], self.num_heads)
        scores = q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1])
        weights = masked_softmax(scores, mask if mask is None else mask[..., None, :, :])
        return merge_heads(weights @ v) @ p["w_output"] + p["b_output"]

    def norm(self, x, name):
        mean = x.mean(-1, keepdims=True)
        variance = (x * x).mean(-1, keepdims=True) - mean**2
        x_hat = (x - mean) / (variance + self.eps) ** 0.5
        return x_hat * self.params[name]["gain"] + self.params[name]["bias"]

    def __call__(self, x, mask):
        y = self.norm(x + self.attention(x, mask), "norm_1")
        z = feed_forward(y, self.params["feed_forward"], activation=self.activation)
        return self.norm(y + z, "norm_2")


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    block = EncoderBlock(params, num_heads, activation, eps)
    return np.asfortranarray(block(to64(x), mask).astype(x.dtype))
