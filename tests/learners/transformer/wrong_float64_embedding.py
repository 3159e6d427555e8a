# what: np.sqrt(d) is a float64 scalar, so float32 embeddings become float64 and everything after them.
# names: transformer.loses_single_precision
import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    d_model = params["source_embedding"].shape[-1]
    enc_in = params["source_embedding"][source] * np.sqrt(d_model)
    enc_in = add_positions(enc_in, sinusoidal_encoding(source.shape[-1], d_model))
    dec_in = params["target_embedding"][target] * np.sqrt(d_model)
    dec_in = add_positions(dec_in, sinusoidal_encoding(target.shape[-1], d_model))

    mask = padding_mask(source_lengths, source.shape[-1]) if source_lengths is not None else None
    enc_out = encoder(enc_in, params["encoder"], num_heads, mask=mask)
    dec_out = dec_in
    for block in params["decoder"]:
        dec_out = decoder_block(dec_out, enc_out, block, num_heads, memory_mask=mask)
    return np.matmul(dec_out, params["w_logits"]) + params["b_logits"]
