# what: merges overlapping pairs, because i grows by one only
# names: tokenization.merges_tokens_twice tokenization.takes_a_token_twice
def merge(ids, pair, new_id):
    out = []
    skip = False
    for i in range(len(ids)):
        if i + 1 < len(ids) and (ids[i], ids[i + 1]) == tuple(pair):
            out.append(new_id)
            skip = True
        elif skip:
            skip = False
        else:
            out.append(ids[i])
    return out


def train_merges(text, num_merges):
    ids = list(text.encode("utf-8"))
    merges = []
    for k in range(num_merges):
        counts = {}
        for pair in zip(ids, ids[1:]):
            counts[pair] = counts.get(pair, 0) + 1
        if not counts:
            break
        best = max(counts.values())
        pair = min(p for p in counts if counts[p] == best)
        merges.append(pair)
        ids = merge(ids, pair, 256 + k)
    return merges


def encode(text, merges):
    ids = list(text.encode("utf-8"))
    for k in range(len(merges)):
        ids = merge(ids, merges[k], 256 + k)
    return ids


def decode(ids, merges):
    vocab = {i: bytes([i]) for i in range(256)}
    for k, (a, b) in enumerate(merges):
        vocab[256 + k] = vocab[a] + vocab[b]
    return b"".join([vocab[i] for i in ids]).decode("utf-8", errors="replace")
