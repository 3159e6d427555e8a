# slip: all that is selected is masked -> bert.masks_all_that_is_selected
# slip: the id 0 has a vector of zeros -> bert.takes_the_token_zero_for_padding
# slip: float64 at the end
import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    selected = (draws[..., 0] < 0.15) & ~special
    return np.where(selected, mask_id, ids), np.where(selected, ids, -100)


def bert_embed(ids, segments, params, eps=1e-5):
    table = params["token_embedding"].copy()
    table[0] = 0  # padding_idx
    x = np.zeros((*ids.shape, table.shape[1]))
    x += table[ids] + params["position_embedding"][: ids.shape[-1]]
    x += params["segment_embedding"][segments]
    return layer_norm(x, **params["norm"], eps=eps)
