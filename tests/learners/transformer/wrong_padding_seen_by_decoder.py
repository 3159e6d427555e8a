# what: padding is masked in the encoder only; cross-attention still sees it.
# names: transformer.hides_the_padding_from_the_encoder_only
import math

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    def prepare(ids, name):
        e = params[name][ids]
        return add_positions(e * math.sqrt(e.shape[-1]), sinusoidal_encoding(e.shape[-2], e.shape[-1]))

    mask = None
    if source_lengths is not None:
        mask = padding_mask(source_lengths, source.shape[1])
    memory = encoder(prepare(source, "source_embedding"), params["encoder"], num_heads, mask=mask)
    out = prepare(target, "target_embedding")
    for block in params["decoder"]:
        out = decoder_block(out, memory, block, num_heads)
    return out @ params["w_logits"] + params["b_logits"]
