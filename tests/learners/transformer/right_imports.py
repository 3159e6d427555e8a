import math

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):

    d = params["w_logits"].shape[0]
    table = sinusoidal_encoding(max(source.shape[1], target.shape[1]), d)
    x = add_positions(params["source_embedding"][source] * math.sqrt(d), table)
    y = add_positions(params["target_embedding"][target] * math.sqrt(d), table)
    mask = None
    if source_lengths is not None:
        mask = padding_mask(source_lengths, source.shape[1])
    memory = encoder(x, params["encoder"], num_heads, mask=mask)
    for block in params["decoder"]:
        y = decoder_block(y, memory, block, num_heads, memory_mask=mask)
    return y @ params["w_logits"] + params["b_logits"]
