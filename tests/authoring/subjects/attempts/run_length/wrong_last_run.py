# what: the last run is never written down.
# names: run_length.loses_the_last_run
def encode(text):
    runs, count = [], 1
    for before, character in zip(text, text[1:]):
        if before == character:
            count += 1
        else:
            runs.append((before, count))
            count = 1
    return runs
