# what: 2 * draws * a - 1
# names: initialization.moves_by_one
def xavier_uniform(draws, fan_in, fan_out):
    a = (6 / (fan_in + fan_out)) ** 0.5
    return a * 2 * draws - 1


def score_std(query_std, key_std, d_k):
    return query_std * key_std * d_k**0.5
