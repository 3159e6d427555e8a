import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


class Norm:
    def __init__(self, params):
        self.params = params

    def __call__(self, x):
        return layer_norm(x, self.params["gain"], self.params["bias"], eps=1e-5)


class Block:
    def __init__(self, params, num_heads):
        self.params, self.num_heads = params, num_heads
        self.ln_1, self.ln_2 = Norm(params["norm_1"]), Norm(params["norm_2"])

    def attn(self, x):
        return multi_head_attention(
            x, x, x, self.params["attention"], self.num_heads, mask=causal_mask(x.shape[-2])
        )

    def mlp(self, x):
        return feed_forward(x, self.params["feed_forward"], activation="gelu")

    def __call__(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class GPT:
    def __init__(self, params, num_heads):
        self.wte, self.wpe = params["token_embedding"], params["position_embedding"]
        self.h = [Block(block, num_heads) for block in params["blocks"]]
        self.ln_f = Norm(params["final_norm"])

    def __call__(self, ids):
        x = self.wte[ids] + self.wpe[: ids.shape[-1]]
        for block in self.h:
            x = block(x)
        return np.einsum("...d,vd->...v", self.ln_f(x), self.wte)


def gpt(ids, params, num_heads):
    return GPT(params, num_heads)(ids)
