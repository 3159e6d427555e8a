import math

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    """Ask for one word after the other, as if the target were being written."""
    d = params["target_embedding"].shape[1]
    table = sinusoidal_encoding(source.shape[1] + target.shape[1], d)
    embed = lambda ids, words: add_positions(words[ids] * math.sqrt(d), table)
    mask = (
        source_lengths if source_lengths is None else padding_mask(source_lengths, source.shape[1])
    )
    memory = encoder(embed(source, params["source_embedding"]), params["encoder"], num_heads, mask)
    guesses = []
    for t in range(target.shape[1]):
        y = embed(target[:, : t + 1], params["target_embedding"])
        everything = np.ones((t + 1, t + 1), bool) & np.tri(t + 1, dtype=bool)
        for block in params["decoder"]:
            y = decoder_block(y, memory, block, num_heads, self_mask=everything, memory_mask=mask)
        guesses.append(y[:, -1] @ params["w_logits"] + params["b_logits"])
    return np.stack(guesses, axis=1)
