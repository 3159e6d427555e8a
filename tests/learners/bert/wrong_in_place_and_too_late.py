# what: writes into ids, and makes targets of them afterwards
# names: bert.asks_for_what_stands_there_now
import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    selected = (draws[..., 0] < 0.15) & ~special
    fate = draws[..., 1]
    ids[selected & (fate < 0.8)] = mask_id
    random = selected & (fate >= 0.8) & (fate < 0.9)
    ids[random] = replacements[random]
    targets = np.where(selected, ids, -100)
    return ids, targets


def bert_embed(ids, segments, params, eps=1e-5):
    x = embed(ids, params["token_embedding"])
    x = x + embed(segments, params["segment_embedding"])
    x = add_positions(x, params["position_embedding"])
    return layer_norm(x, **params["norm"], eps=eps)
