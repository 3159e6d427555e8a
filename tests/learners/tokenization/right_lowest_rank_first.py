from collections import Counter

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
    ids, merges = list(bytes(text, "utf8")), []
    while num_merges > len(merges):
        ranked = sorted(Counter(zip(ids[:-1], ids[1:])).items(), key=lambda item: (-item[1], item[0]))
        if not ranked:
            return merges
        merges += [ranked[0][0]]
        ids = merge(ids, merges[-1], 255 + len(merges))
    return merges


def encode(text, merges):
    rank = {tuple(pair): k for k, pair in enumerate(merges)}
    ids = list(text.encode("utf-8"))
    while len(ids) > 1:
        pair = min(zip(ids, ids[1:]), key=lambda p: rank.get(p, len(rank)))
        if pair not in rank:
            break
        ids = merge(ids, pair, 256 + rank[pair])
    return ids


def decode(ids, merges):
    vocab = {i: bytes([i]) for i in range(256)}
    for k, (a, b) in enumerate(merges):
        vocab[256 + k] = vocab[a] + vocab[b]
    return b"".join([vocab[i] for i in ids]).decode("utf-8", errors="replace")
