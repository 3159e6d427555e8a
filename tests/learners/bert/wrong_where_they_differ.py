# what: targets where inputs and ids differ
# names: bert.asks_for_changed_tokens_only
import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    mask = (draws[..., 0] < 0.15) & ~special
    b = draws[..., 1]
    inputs = np.where(mask & (b < 0.8), mask_id, np.where(mask & (b < 0.9), replacements, ids))
    return inputs, np.where(inputs != ids, ids, -100)


def bert_embed(ids, segments, params, eps=1e-5):
    x = embed(ids, params["token_embedding"])
    x = x + embed(segments, params["segment_embedding"])
    x = add_positions(x, params["position_embedding"])
    return layer_norm(x, **params["norm"], eps=eps)
