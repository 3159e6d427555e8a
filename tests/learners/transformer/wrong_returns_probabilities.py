# what: a softmax follows the last layer, so probabilities are returned instead of logits.
# names: transformer.returns_probabilities
import math

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.attention.softmax import softmax
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    d = params["w_logits"].shape[0]
    scale = math.sqrt(d)
    mask = None if source_lengths is None else padding_mask(source_lengths, source.shape[1])
    h = add_positions(params["source_embedding"][source] * scale, sinusoidal_encoding(source.shape[1], d))
    h = encoder(h, params["encoder"], num_heads, mask=mask)
    g = add_positions(params["target_embedding"][target] * scale, sinusoidal_encoding(target.shape[1], d))
    for params_k in params["decoder"]:
        g = decoder_block(g, h, params_k, num_heads, memory_mask=mask)
    logits = g @ params["w_logits"] + params["b_logits"]
    return softmax(logits, axis=-1)
