# what: 0.8 itself is masked and 0.9 itself replaced, <=
# names: bert.counts_both_edges_in
import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    first, second = draws[..., 0], draws[..., 1]
    selected = (first < 0.15) & ~special
    masked = selected & (second <= 0.8)
    replaced = selected & (second > 0.8) & (second <= 0.9)
    inputs = np.where(masked, mask_id, np.where(replaced, replacements, ids))
    targets = np.where(selected, ids, -100)
    return inputs, targets


def bert_embed(ids, segments, params, eps=1e-5):
    x = embed(ids, params["token_embedding"]) + embed(segments, params["segment_embedding"])
    x = add_positions(x, params["position_embedding"])
    return layer_norm(x, params["norm"]["gain"], params["norm"]["bias"], eps)
