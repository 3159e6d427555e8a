# slip: post-norm -> gpt.normalises_behind_the_sums; gpt.normalises_behind_the_sums_and_not_at_the_end
# slip: relu is left as the default -> gpt.leaves_relu_inside; You use relu
# slip: no final norm -> gpt.forgets_the_final_norm; gpt.normalises_behind_the_sums_and_not_at_the_end
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.text.embedding import embed, unembed
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


from exercises.transformer.add_norm import add_norm


def gpt(ids, params, num_heads):
    x = add_positions(embed(ids, params["token_embedding"]), params["position_embedding"])
    mask = causal_mask(ids.shape[-1])
    for block in params["blocks"]:
        y = multi_head_attention(x, x, x, block["attention"], num_heads, mask=mask)
        x = add_norm(x, y, **block["norm_1"])
        x = add_norm(x, feed_forward(x, block["feed_forward"]), **block["norm_2"])
    return unembed(x, params["token_embedding"])
