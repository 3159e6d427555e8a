# slip: up to 0.15 -> bert.counts_the_edge_of_the_selection_in
# slip: 0 where nothing is asked -> bert.marks_the_rest_with_zero
import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    selected = (draws[..., 0] <= 0.15) & ~special
    fate = draws[..., 1]
    targets = np.zeros_like(ids)
    targets[selected] = ids[selected]
    inputs = ids.copy()
    inputs[selected & (fate < 0.8)] = mask_id
    random = selected & (fate >= 0.8) & (fate < 0.9)
    inputs[random] = replacements[random]
    return inputs, targets


def bert_embed(ids, segments, params, eps=1e-5):
    x = embed(ids, params["token_embedding"])
    x = x + embed(segments, params["segment_embedding"])
    x = add_positions(x, params["position_embedding"])
    return layer_norm(x, **params["norm"], eps=eps)
