import math

import numpy as np

from exercises.attention.masking import causal_mask, padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder_block import encoder_block
from exercises.transformer.positional_encoding import sinusoidal_encoding


class Embedding:
    def __init__(self, table):
        self.table, self.d = table, table.shape[1]

    def __call__(self, ids):
        words = np.take(self.table, ids, axis=0) * math.sqrt(self.d)
        words += sinusoidal_encoding(ids.shape[1], self.d)
        return words


class Model:
    def __init__(self, params, num_heads):
        self.params, self.num_heads = params, num_heads
        self.read = Embedding(params["source_embedding"])
        self.write = Embedding(params["target_embedding"])

    def encode(self, source, mask):
        x = self.read(source)
        for block in self.params["encoder"]:
            x = encoder_block(x, block, self.num_heads, mask=mask)
        return x

    def decode(self, target, memory, mask):
        y, causal = self.write(target), causal_mask(target.shape[1])
        for block in self.params["decoder"]:
            y = decoder_block(y, memory, block, self.num_heads, self_mask=causal, memory_mask=mask)
        return np.dot(y, self.params["w_logits"]) + self.params["b_logits"]


def transformer(source, target, params, num_heads, source_lengths=None):

    model = Model(params, num_heads)
    mask = None if source_lengths is None else padding_mask(source_lengths, source.shape[1])
    return model.decode(target, model.encode(source, mask), mask)
