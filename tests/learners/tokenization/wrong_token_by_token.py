# what: decodes each token alone
# names: tokenization.decodes_each_token_alone
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
    vocab = [bytes([i]) for i in range(256)]
    for a, b in merges:
        vocab.append(vocab[a] + vocab[b])
    text = ""
    for i in ids:
        text += vocab[i].decode("utf-8", errors="replace")
    return text
