"""The GPT writes on a learner's functions, with their cache and without, as PyTorch does."""

from __future__ import annotations

import itertools
import math
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course.course import Course
from grader.errors import BrokenGraderError, UsageError
from grader.exercise.model import Job
from grader.grading.examiner import load_definition
from grader.grading.model_calls import Clock, ModelServer
from grader.grading.model_files import Choice
from grader.grading.models import RunningModel, open_model
from grader.learner import wire
from grader.learner.outside.sandbox import Sandbox
from grader.records import Submission
from models.gpt import corpus, driver, weights
from models.gpt.model import model, normalise, read
from tests.conftest import ROOT
from tests.models.conftest import written

Array = np.ndarray[Any, Any]
Writer = Callable[..., RunningModel]
PROMPT = "In the beginning"


@pytest.fixture
def writer(course: Course, warm: Sandbox) -> Writer:
    """Return what makes a GPT of some exercises of a learner's, and references."""

    def writer(names: Sequence[str], **settings: float) -> RunningModel:
        running = open_model(course, "gpt", warm, choice=Choice.NONE)
        assert running
        own = {name: written(course, name) for name in names}
        running.functions = running.functions._replace(own=own)
        running.settings = {name.replace("_", "-"): each for name, each in settings.items()}
        return running

    return writer


@pytest.fixture
def everything(course: Course) -> Sequence[str]:
    """Return every exercise that the GPT may lean on."""
    return (*course.earlier("gpt"), "gpt")


def told(running: RunningModel, text: str = PROMPT) -> tuple[str, str]:
    """Return what a model wrote, put together from its pieces, and what is said of it."""
    pieces: list[str] = []
    note = running.stream(text, pieces.append)
    return "".join(pieces), note


def changed(running: RunningModel, name: str, old: str, new: str) -> RunningModel:
    """Let a model run on one file of a learner's in which something is changed."""
    own = running.functions.own
    assert old.encode() in own[name].source
    other = own[name]._replace(source=own[name].source.replace(old.encode(), new.encode()))
    files: dict[str, Submission] = {**own, name: other}
    running.functions = running.functions._replace(own=files)
    return running


def recorded() -> tuple[Array, Array]:
    """Return PyTorch's logits of three windows at five positions, and 200 ids without a cache."""
    with np.load(ROOT / "tests/pytorch/recorded/gpt_writes.npz") as file:
        return file["logits"], file["greedy"]


def test_logits_are_those_of_pytorch(course: Course) -> None:
    """The course's gpt makes of the weights what PyTorch's own layers make of them."""
    gpt = load_definition(course, "gpt").references["gpt"]
    drawn = np.random.default_rng(0).integers(0, 512, (2, 128))
    windows = np.concatenate([drawn, np.full((1, 128), ord("a"))])
    logits = gpt(windows, weights.load().params, weights.HEADS)[:, [0, 1, 31, 94, 127]]
    assert logits.dtype == np.float32
    np.testing.assert_allclose(logits, recorded()[0], atol=1e-4)


def test_with_the_cache_it_writes_what_pytorch_writes_without(
    writer: Writer, everything: Sequence[str], course: Course
) -> None:
    """200 tokens, greedily, past the end of the window: the same text."""
    decode = load_definition(course, "tokenization").references["decode"]
    wanted = decode(recorded()[1].tolist(), weights.load().merges)
    running = writer(everything, temperature=0, tokens=200)
    text, note = told(running)
    assert text == wanted and len(text) > 300
    assert "200 tokens" in note and "a second with the cache" in note
    assert "longer than the 96 tokens that it sees at once" in note
    assert "differ" not in note
    assert running.credits.reference == ()
    assert {"tokenization", "embedding", "gpt", "kv_cache", "decoding"} <= {*running.credits.yours}


def test_without_the_cache_it_writes_the_same(writer: Writer, everything: Sequence[str]) -> None:
    """Whose gpt calls no multi_head_attention is told that the cache was not used."""
    cached, _ = told(writer(everything, temperature=0, tokens=12))
    inlined = """
def multi_head_attention(query, key, value, params, num_heads, mask=None):
    from exercises.attention.attention import attention
    q, k, v = (
        (each @ params["w_" + name] + params["b_" + name])
        .reshape(*each.shape[:-1], num_heads, -1)
        .swapaxes(-2, -3)
        for each, name in ((query, "query"), (key, "key"), (value, "value"))
    )
    found = attention(q, k, v, mask)[0].swapaxes(-2, -3)
    return found.reshape(query.shape) @ params["w_output"] + params["b_output"]
"""
    imported = "from exercises.attention.multi_head_attention import multi_head_attention\n"
    running = changed(writer(everything, temperature=0, tokens=12), "gpt", imported, inlined)
    text, note = told(running)
    assert text == cached
    assert "without the cache: gpt calls no multi_head_attention" in note


def test_a_wrong_cache_is_noticed(writer: Writer, everything: Sequence[str]) -> None:
    """What comes of it is written all the same, and how far it is from what it should be."""
    running = changed(
        writer(everything, tokens=3),
        "kv_cache",
        'return output, {"key": key, "value": value}',
        'return output, {"key": x @ w_key, "value": x @ w_value}',
    )
    assert re.search(r"not those without it: they differ by up to \d", told(running)[1])


@pytest.mark.parametrize(
    ("name", "old", "new", "first"),
    [
        ("layer_norm", "return gain", "return np.nan * gain", "layer_norm"),
        ("kv_cache", "return output, {", "return output * np.nan, {", "decode_step of kv_cache"),
    ],
)
@pytest.mark.parametrize("is_mixed", [False, True])
def test_nan_ends_the_text_and_its_source_is_named(
    name: str,
    old: str,
    new: str,
    first: str,
    is_mixed: bool,
    writer: Writer,
    everything: Sequence[str],
) -> None:
    """Nothing is drawn from what is no number; of all that pass it on, the first counts."""
    running = changed(writer((name,) if is_mixed else everything, tokens=3), name, old, new)
    pieces: list[str] = []
    with pytest.raises(UsageError, match=f"logits are nan, and the first to return nan is {first}"):
        running.stream(PROMPT, pieces.append)
    assert not pieces


@pytest.mark.parametrize(
    ("piece", "wanted", "told"),
    [
        ('"\\x1b" * 9_000', 1, "more than 40,000 characters"),
        ('"x" * 50_000', 0, "more than 40,000 characters"),
        ('""', 2_000, "more than 2,000 pieces"),
    ],
)
def test_a_stream_has_an_end(
    piece: str, wanted: int, told: str, writer: Writer, everything: Sequence[str]
) -> None:
    """Whatever takes the driver's place: all pieces together are bounded, as they are printed."""
    running = writer(everything, tokens=3)
    source = f"def run(**given):\n    return {piece}\n".encode()
    running.driver = running.driver._replace(source=source)
    pieces: list[str] = []
    with pytest.raises(UsageError, match=told):
        running.stream(PROMPT, pieces.append)
    assert len(pieces) == wanted


@pytest.mark.parametrize("names", [(), ("layer_norm",)])
def test_all_tokens_together_have_one_time(
    names: Sequence[str], writer: Writer, everything: Sequence[str]
) -> None:
    """What was made until then has been told, and it is said where it was."""
    slow = changed(
        writer(names or everything, tokens=80),
        "layer_norm",
        "    mean = x.mean",
        "    import time\n    time.sleep(0.02)\n    mean = x.mean",
    )
    slow.model = replace(slow.model, seconds=lambda job: 1.5)
    pieces: list[str] = []
    with pytest.raises(UsageError, match=r"take too long for the GPT.* stopped after 1.5 seconds"):
        slow.stream("A", pieces.append)
    assert len(pieces) < 80


def test_more_tokens_have_more_time() -> None:
    """By default a minute, or two with references among the functions; who wants more may wait."""
    wanted = {count: Job((), settings=model.settle({"tokens": count})) for count in (1, 80, 160)}
    assert [model.seconds(each) for each in wanted.values()] == [60, 60, 120]
    assert model.seconds(wanted[80]._replace(is_mixed=True)) == 120


@pytest.mark.parametrize(
    "names", [(), ("kv_cache",), ("multi_head_attention", "decoding"), ("gpt", "tokenization")]
)
def test_it_writes_the_same_whoever_s_functions_it_runs_on(
    names: Sequence[str], writer: Writer, everything: Sequence[str]
) -> None:
    """All references, or some of each; the learner's are used, wherever they stand."""
    wanted, _ = told(writer(everything, tokens=4, seed=3))
    running = writer(names, tokens=4, seed=3)
    assert told(running)[0] == wanted
    assert set(running.credits.yours) == set(names)
    assert len({*running.credits.yours, *running.credits.reference}) == 14


def test_a_released_course_says_what_is_to_be_written(
    writer: Writer, everything: Sequence[str]
) -> None:
    """Where no reference is at hand, it writes once all is there, and until then asks for it."""
    whole, less = writer(everything, tokens=2), writer(everything[:-1], tokens=2)
    for running in (whole, less):
        running.functions = running.functions._replace(references={})
    assert told(whole)[0]
    with pytest.raises(UsageError, match="grader grade gpt"):
        told(less)


@pytest.mark.wide
def test_another_seed_is_another_text(writer: Writer, everything: Sequence[str]) -> None:
    """So is another temperature, while a top k of 1 is greedy."""
    texts = {told(writer(everything, tokens=8, seed=each))[0] for each in (1, 2)}
    greedy, _ = told(writer(everything, tokens=8, temperature=0))
    assert len(texts | {greedy}) == 3
    assert told(writer(everything, tokens=8, top_k=1, seed=1))[0] == greedy


def test_half_a_letter_waits_for_the_other(writer: Writer, everything: Sequence[str]) -> None:
    """Tokens may be bytes: what is told is text all the same, whatever is drawn."""
    running = changed(
        writer(everything, tokens=5),
        "decoding",
        "    probabilities = softmax(logits / temperature)\n",
        "    global count\n    count = globals().get('count', -1) + 1\n"
        "    return 'aé\\xa0'.encode()[count]\n    probabilities = 0\n",
    )
    pieces: list[str] = []
    running.stream(PROMPT, pieces.append)
    assert pieces == ["a", "é", "\xa0"]


def test_the_picture_is_one_head_s_attention(writer: Writer, everything: Sequence[str]) -> None:
    """A row for each token of the prompt, shares that sum to 1, and no look at what comes."""
    watched = writer(everything).watch(PROMPT)
    (panel,) = watched.panels
    assert panel.rows == panel.columns and "".join(panel.rows) == "In·the·beginning"
    np.testing.assert_allclose(panel.values.sum(axis=1), 1, atol=1e-5)
    assert not np.triu(panel.values, 1).any()
    assert not watched.borrowed


def test_attention_that_cannot_be_seen_is_borrowed(writer: Writer) -> None:
    """Whose multi_head_attention does not call attention is shown the reference's."""
    names = ("multi_head_attention", "gpt")
    running = changed(
        writer(names),
        "multi_head_attention",
        "heads, _ = attention(query, key, value, mask)",
        "heads = masked_softmax(query @ key.swapaxes(-1, -2) / 32**0.5, mask) @ value",
    )
    running = changed(
        running,
        "multi_head_attention",
        "attention.attention import attention",
        "attention.masking import masked_softmax",
    )
    watched = running.watch("And")
    assert watched.borrowed and watched.panels


def test_what_is_taken_away_is_missed(writer: Writer, everything: Sequence[str]) -> None:
    """The loss on the held-out page rises, most of all without norms."""
    whole, *less = writer(everything, tokens=2).ablations(["positions", "mask", "norm"])
    losses = [each.loss or 0.0 for each in (whole, *less)]
    assert losses[0] < 2.7
    assert all(loss > losses[0] + 0.5 for loss in losses[1:])
    assert max(losses) == losses[-1] < 12
    assert not any(each.borrowed for each in less)


@pytest.mark.wide
@pytest.mark.parametrize("without", ["mask", "norm"])
def test_references_miss_the_same(
    without: str,
    writer: Writer,
    everything: Sequence[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Taking something away is the same thing on both sides of the border."""
    page, names = tmp_path / "page.txt", ("next_token",)
    page.write_text("And the evening and the morning were the second day.")
    monkeypatch.setattr("models.gpt.model.PAGE", page)
    theirs, ours = (writer(each, tokens=1).ablations([without]) for each in (everything, names))
    assert [each.loss for each in theirs] == pytest.approx([each.loss for each in ours])


def test_what_was_sent_may_be_handed_to_a_reference_and_no_other_list(writer: Writer) -> None:
    """The merges are more numbers than a stand-in is given of anybody's own."""
    merges = weights.load().merges
    server = ModelServer(
        writer(()).functions,
        frozenset(),
        frozenset([wire.pack(merges)]),
        None,  # type: ignore[arg-type]
        Clock(1.0),
    )
    call = {"kind": "call", "module": "exercises.text.tokenization", "function": "encode"}
    assert "value" in (server.serve(call | {"args": ("God", merges), "kwargs": {}}) or {})
    reply = server.serve(call | {"args": ("God", merges[::-1]), "kwargs": {}}) or {}
    assert reply["message"] == "encode was given something too large"


def test_a_conversation_draws_anew(writer: Writer) -> None:
    """What is typed twice is answered in two ways; the greatest seed is followed by the least."""
    running = writer((), seed=3)
    running.draw_anew()
    assert running.settings["seed"] == 4
    running.settings = {"seed": 2**32 - 1}
    running.draw_anew()
    assert running.settings["seed"] == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "No such file"),
        (b"", "cannot be read"),
        (b"version https://git-lfs.github.com/spec/v1", "cannot be read"),
        (weights.PATH.read_bytes()[:5000], "cannot be read"),
    ],
    ids=["missing", "empty", "pointer", "cut"],
)
def test_weights_that_cannot_be_read_are_told(
    content: bytes | None, message: str, tmp_path: Path
) -> None:
    """It is nobody's fault who learns: the file is named, and where another comes from."""
    path = tmp_path / "gpt.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BrokenGraderError, match=message) as caught:
        weights.load(path)
    assert "models/gpt/train.py" in str(caught.value) and str(path) in str(caught.value)


def test_weights_of_another_model_are_refused(tmp_path: Path) -> None:
    """As many tokens as the merges make, and 128 positions."""
    params, merges = weights.load()
    path = weights.save(params, np.array(merges[:-1]), tmp_path / "other.npz")
    with pytest.raises(BrokenGraderError, match="tables of"):
        weights.load(path)


def test_weights_are_rounded_little(tmp_path: Path) -> None:
    """What is saved comes back, to half a step of each row's own 127."""
    params, merges = weights.load()
    path = weights.save(params, np.array(merges), tmp_path / "same.npz")
    again = weights.load(path).params["blocks"][1]["feed_forward"]["w_in"]
    before = params["blocks"][1]["feed_forward"]["w_in"]
    assert np.abs(again - before).max() <= np.abs(before).max() / 254 + 1e-7
    assert weights.PATH.stat().st_size < 2_000_000


@pytest.mark.parametrize("prompt", ["", " \n", "a" * 2001])
def test_what_is_no_prompt_is_refused(prompt: str) -> None:
    """Nothing to go on with, or far more than it sees."""
    with pytest.raises(UsageError):
        normalise(prompt)


@pytest.mark.wide
def test_a_long_prompt_counts_by_its_end(writer: Writer, everything: Sequence[str]) -> None:
    """Of what is longer than the window, the last tokens are read."""
    running = writer(everything, tokens=3, temperature=0)
    end = " and the LORD said unto Moses," * 12
    assert told(running, "x" * 48 + end)[0] == told(running, "y" * 48 + end)[0]
    (panel,) = running.watch(end).panels
    assert panel.values.shape == (24, 24)


VALUE = {
    "text": "a",
    "prompt": ["I", "n"],
    "attention": [np.full((4, 2, 2), 0.5)],
    "seconds": 0.5,
    "seconds_anew": 0.1,
    "gap": 0.0,
    "has_forgotten": False,
    "loss": None,
    "is_cached": True,
    "is_whole": True,
}
JOB = Job((PROMPT,), settings=model.settle({}))


@pytest.mark.parametrize(
    "wrong",
    [{"text": 1}, {"prompt": [1]}, {"seconds": "1"}, {"loss": "low"}, {"is_cached": 2}],
    ids=str,
)
def test_what_is_no_text_is_refused(wrong: dict[str, Any]) -> None:
    """Whatever a learner's functions return is believed no further than it is what was asked."""
    assert read(VALUE, JOB).answers == ("a",)
    with pytest.raises(UsageError, match="not a text"):
        read(VALUE | wrong, JOB)


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "1 token with the cache. How fast it is can be told from 16 on."),
        (15, "15 tokens with the cache. How"),
        (21, "21 tokens, 40 a second with the cache; reading the whole text anew for each token, it"
         " would be 10."),
    ],
)  # fmt: skip
def test_the_rate_is_of_all_tokens_but_the_first(count: int, told: str) -> None:
    """With the cache and without; a few are too few to tell."""
    job = JOB._replace(settings=model.settle({"tokens": count}))
    note = read(VALUE | {"seconds_anew": 2.0}, job).note
    assert note == f"{told} This was --seed 0." or note.startswith(f"{told} ")
    assert "at once" not in note
    assert "at once" in read(VALUE | {"has_forgotten": True}, job).note
    assert "without it: some are not finite." in read(VALUE | {"gap": math.nan}, job).note


def test_both_rates_are_measured_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gpt that takes as long with the cache as without is told to be no faster with it."""
    ticks = itertools.count()
    monkeypatch.setattr(driver.time, "perf_counter", lambda: float(next(ticks)))
    writer = driver.Writer.__new__(driver.Writer)
    writer.window = 8
    lengths: list[int] = []
    monkeypatch.setattr(writer, "read", lambda ids: lengths.append(len(ids)), raising=False)
    assert writer.seconds_anew(list(range(7)), 5) == pytest.approx(5 / 3)
    assert lengths == [3, 5, 7]


@pytest.mark.parametrize("seen", [[], [None], [np.zeros(3)], [np.full((4, 2, 2), "x")]])
def test_a_picture_is_drawn_of_attention_alone(seen: list[object]) -> None:
    """Anything else is no picture, and then not everything was seen."""
    watched = JOB._replace(watched=True)
    assert read(VALUE, watched).panels
    output = read(VALUE | {"attention": seen}, watched)
    assert not output.panels and not output.is_whole


def test_one_chapter_in_twenty_is_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verses are lines, a blank line ends a chapter, and the page is none that it learned from."""
    verses = "\n".join(f"Ge{n}:{v} In {n}, {v}." for n in range(1, 41) for v in (1, 2))
    monkeypatch.setattr(corpus, "COMMAND", (sys.executable, "-c", f"print({verses!r})"))
    seen, held_out = corpus.split()
    assert len(seen) == 38 and list(held_out) == ["Ge20", "Ge40"]
    assert held_out["Ge20"] == "In 20, 1.\nIn 20, 2.\n\n"
    monkeypatch.setattr(corpus, "COMMAND", ("no-such-program",))
    with pytest.raises(SystemExit, match="apt-get install bible-kjv-text"):
        corpus.split()
