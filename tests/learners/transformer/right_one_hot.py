from functools import reduce

import numpy as np

from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder


def clock(n, d):
    turns = np.exp(1j * np.outer(np.arange(n), 10000.0 ** (-np.arange(0, d, 2) / d)))
    return np.stack([turns.imag, turns.real], axis=-1).reshape(n, d)


def embedded(ids, table):
    one_hot = np.eye(len(table), dtype=table.dtype)[ids]
    words = np.einsum("bnv,vd->bnd", one_hot, table) * table.shape[1] ** 0.5
    return words + clock(ids.shape[1], table.shape[1]).astype(table.dtype)


def transformer(source, target, params, num_heads, source_lengths=None):

    positions = np.arange(source.shape[1])
    lengths = np.full(len(source), source.shape[1]) if source_lengths is None else source_lengths
    seen = positions[None, None, :] < lengths[:, None, None]
    memory = encoder(
        embedded(source, params["source_embedding"]), params["encoder"], num_heads, seen
    )
    states = reduce(
        lambda y, block: decoder_block(y, memory, block, num_heads, memory_mask=seen),
        params["decoder"],
        embedded(target, params["target_embedding"]),
    )
    return np.einsum("bnd,dv->bnv", states, params["w_logits"]) + params["b_logits"]
