import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    masked = (draws[..., 0] < 0.15) & np.logical_not(special)
    labels = ids.copy()
    labels[~masked] = -100
    inputs = ids.copy()
    indices_replaced = (draws[..., 1] < 0.8) & masked
    inputs[indices_replaced] = mask_id
    indices_random = (draws[..., 1] < 0.9) & masked & ~indices_replaced
    inputs[indices_random] = replacements[indices_random]
    return inputs, labels


def bert_embed(ids, segments, params, eps=1e-5):
    x = embed(ids, params["token_embedding"])
    x = x + embed(segments, params["segment_embedding"])
    x = add_positions(x, params["position_embedding"])
    return layer_norm(x, **params["norm"], eps=eps)
