# what: the whole text is the target
# names: bert.asks_for_every_token
import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    inputs = ids.copy()
    mask = (draws[..., 0] < 0.15) & ~special
    inputs[mask & (draws[..., 1] < 0.8)] = mask_id
    rand = mask & (draws[..., 1] >= 0.8) & (draws[..., 1] < 0.9)
    inputs[rand] = replacements[rand]
    return inputs, ids.copy()


def bert_embed(ids, segments, params, eps=1e-5):
    x = embed(ids, params["token_embedding"])
    x = x + embed(segments, params["segment_embedding"])
    x = add_positions(x, params["position_embedding"])
    return layer_norm(x, **params["norm"], eps=eps)
