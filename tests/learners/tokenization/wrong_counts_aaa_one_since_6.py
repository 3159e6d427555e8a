# slip: counts aaa as one (a, a), since pairs that overlap are skipped -> tokenization.skips_pairs_that_overlap
# slip: encode merges the pair that is most frequent in the new text first, not the one that was learned first -> tokenization.merges_whatever_it_meets
def get_pairs(ids):
    counts = {}
    i = 0
    while i < len(ids) - 1:
        pair = (ids[i], ids[i + 1])
        counts[pair] = counts.get(pair, 0) + 1
        if i + 2 < len(ids) and ids[i] == ids[i + 1] == ids[i + 2]:
            i += 2  # this token is used up
        else:
            i += 1
    return counts


def merge(ids, pair, idx):
    newids, i = [], 0
    while i < len(ids):
        if i < len(ids) - 1 and ids[i] == pair[0] and ids[i + 1] == pair[1]:
            newids.append(idx)
            i += 2
        else:
            newids.append(ids[i])
            i += 1
    return newids


def train_merges(text, num_merges):
    ids = list(text.encode("utf-8"))
    merges = []
    for i in range(num_merges):
        if len(ids) < 2:
            break
        stats = get_pairs(ids)
        best = min(stats, key=lambda p: (-stats[p], p))
        ids = merge(ids, best, 256 + i)
        merges.append(best)
    return merges


def encode(text, merges):
    table = {pair: 256 + i for i, pair in enumerate(merges)}
    ids = list(text.encode("utf-8"))
    while True:
        counts = {}
        for pair in zip(ids, ids[1:]):
            if pair in table:
                counts[pair] = counts.get(pair, 0) + 1
        if not counts:
            return ids
        pair = min(counts, key=lambda p: (-counts[p], table[p]))
        ids = merge(ids, pair, table[pair])


def decode(ids, merges):
    vocab = {i: bytes([i]) for i in range(256)}
    for i, (a, b) in enumerate(merges):
        vocab[256 + i] = vocab[a] + vocab[b]
    return b"".join(vocab[i] for i in ids).decode("utf-8", errors="replace")
