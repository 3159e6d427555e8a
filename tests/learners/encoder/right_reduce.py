from functools import reduce

from exercises.transformer import encoder_block as block

encoder = lambda x, blocks, num_heads, mask=None, **options: reduce(
    lambda y, params: block.encoder_block(y, params, num_heads, mask=mask, **options), blocks, x
)
