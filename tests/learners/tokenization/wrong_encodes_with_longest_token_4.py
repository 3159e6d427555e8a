# what: encodes with the longest token that fits, from left to right, and not by the merges in their order
# names: tokenization.takes_the_longest_token
def _vocab(merges):
    vocab = [bytes([b]) for b in range(256)]
    for left, right in merges:
        vocab.append(vocab[left] + vocab[right])
    return vocab


def _replace(ids, pair, new):
    out = []
    skip = False
    for i, token in enumerate(ids):
        if skip:
            skip = False
            continue
        if i + 1 < len(ids) and (token, ids[i + 1]) == pair:
            out.append(new)
            skip = True
        else:
            out.append(token)
    return out


def train_merges(text, num_merges):
    ids = list(text.encode("utf-8"))
    merges = []
    while len(merges) < num_merges and len(ids) >= 2:
        stats = {}
        for pair in zip(ids, ids[1:]):
            stats[pair] = stats.get(pair, 0) + 1
        best = min(stats, key=lambda pair: (-stats[pair], pair))
        ids = _replace(ids, best, 256 + len(merges))
        merges.append(best)
    return merges


def encode(text, merges):
    data = text.encode("utf-8")
    by_bytes = {}
    for token, piece in enumerate(_vocab(merges)):
        by_bytes.setdefault(piece, token)
    longest = max(len(piece) for piece in by_bytes)
    ids = []
    at = 0
    while at < len(data):
        for length in range(min(longest, len(data) - at), 0, -1):
            piece = data[at:at + length]
            if piece in by_bytes:
                ids.append(by_bytes[piece])
                at += length
                break
    return ids


def decode(ids, merges):
    vocab = _vocab(merges)
    return b"".join(vocab[i] for i in ids).decode("utf-8", errors="replace")
