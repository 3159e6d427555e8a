import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    a, b = draws[..., 0], draws[..., 1]
    keep = (a >= 0.15) | special
    inputs = np.where(keep | (b >= 0.9), ids, np.where(b >= 0.8, replacements, mask_id))
    return [inputs, np.where(keep, -100, ids)]


def bert_embed(ids, segments, params, eps=1e-5):
    x = embed(ids, params["token_embedding"])
    x = x + embed(segments, params["segment_embedding"])
    x = add_positions(x, params["position_embedding"])
    return layer_norm(x, **params["norm"], eps=eps)
