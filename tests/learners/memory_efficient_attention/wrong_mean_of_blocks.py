# slip: a mean over blocks, each with a softmax of its own -> memory_efficient_attention.averages_over_the_blocks
# slip: causal is not used
from exercises.attention.attention import attention


def memory_efficient_attention(query, key, value, block_size, causal=False):
    outputs = []
    for j in range(0, query.shape[-2], block_size):
        k, v = key[..., j : j + block_size, :], value[..., j : j + block_size, :]
        outputs.append(attention(query, k, v)[0])
    return sum(outputs) / len(outputs)
