# what: the target of a selected token that stays as it is becomes -100: targets only where the input changed
# names: bert.asks_for_changed_tokens_only
import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    first, second = draws[..., 0], draws[..., 1]
    selected = (first < 0.15) & ~special
    masked = selected & (second < 0.8)
    replaced = selected & (second >= 0.8) & (second < 0.9)
    inputs = np.where(masked, mask_id, np.where(replaced, replacements, ids))
    targets = np.where(inputs != ids, ids, -100)
    return inputs, targets


def bert_embed(ids, segments, params, eps=1e-5):
    x = embed(ids, params["token_embedding"]) + embed(segments, params["segment_embedding"])
    x = add_positions(x, params["position_embedding"])
    return layer_norm(x, params["norm"]["gain"], params["norm"]["bias"], eps)
