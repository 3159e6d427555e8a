"""Records what PyTorch answers, so that the tests can compare without it.

    pip install torch
    python tests/pytorch/record.py

Run it after a change of `samples.py`, when the translator of dates or the GPT was trained again, or
to follow a new version of PyTorch, and commit the files it writes to `tests/pytorch/recorded`. The
same samples and the same PyTorch give the same files; a difference after an upgrade is worth a look
before it is committed.
"""

import gpt_writes
import greedy
import oracles
import recordings
import torch
from samples import EXERCISES, outputs, samples


def main():
    """Write one file per exercise and say what is in it."""
    torch.set_num_threads(1)  # the order of additions, and so the last digits, stay the same
    for exercise in EXERCISES:
        answered = [(call, outputs(oracles.oracle(*call))) for call in samples(exercise)]
        path = recordings.write(exercise, torch.__version__, answered)
        print(f"{path}: {len(answered)} samples, {path.stat().st_size:,} bytes")
    print(f"{greedy.write()}: {greedy.COUNT} dates")
    print(f"{gpt_writes.write()}: {gpt_writes.COUNT} tokens")
    print(f"answered by torch {torch.__version__}")


if __name__ == "__main__":
    main()
