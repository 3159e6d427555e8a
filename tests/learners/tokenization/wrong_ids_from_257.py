# what: the new ids begin at 257 everywhere
# names: tokenization.numbers_new_tokens_from_257 tokenization.is_one_id_too_high
def merge(ids, pair, new_id):
    out = []
    i = 0
    while i < len(ids):
        if i + 1 < len(ids) and ids[i] == pair[0] and ids[i + 1] == pair[1]:
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return out


def train_merges(text, num_merges):
    ids = list(text.encode("utf-8"))
    merges = []
    next_id = 256
    while len(merges) < num_merges and len(ids) > 1:
        next_id += 1
        counts = {}
        for pair in zip(ids, ids[1:]):
            counts[pair] = counts.get(pair, 0) + 1
        pair = min(counts, key=lambda p: (-counts[p], p))
        merges.append(pair)
        ids = merge(ids, pair, next_id)
    return merges


def encode(text, merges):
    ids = list(text.encode("utf-8"))
    for k, pair in enumerate(merges, 257):
        ids = merge(ids, pair, k)
    return ids


def decode(ids, merges):
    vocab = {i: bytes([i]) for i in range(256)}
    for k, (a, b) in enumerate(merges):
        vocab[256 + k] = vocab[a] + vocab[b]
    return b"".join([vocab[i] for i in ids]).decode("utf-8", errors="replace")
