# what: characters for bytes, in both directions
# names: tokenization.learns_from_characters tokenization.encodes_characters
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
    ids = [ord(c) for c in text]
    merges = []
    while len(merges) < num_merges and len(ids) >= 2:
        counts = {}
        for pair in zip(ids, ids[1:]):
            counts[pair] = counts.get(pair, 0) + 1
        pair = min(counts, key=lambda p: (-counts[p], p))
        ids = merge(ids, pair, 256 + len(merges))
        merges.append(pair)
    return merges


def encode(text, merges):
    ids = [ord(c) for c in text]
    for k, pair in enumerate(merges):
        ids = merge(ids, pair, 256 + k)
    return ids


def decode(ids, merges):
    vocab = [chr(i) for i in range(256)]
    for a, b in merges:
        vocab.append(vocab[a] + vocab[b])
    return "".join(vocab[i] for i in ids)
