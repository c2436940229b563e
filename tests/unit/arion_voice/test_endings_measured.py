"""How endings do on the utterances that are for tuning."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from arion_voice.endings import Ending, ending_of

FOLDER = files("arion_host.bench") / "utterances"
PAUSED_AFTER = re.compile(
    r"(을|를|은|는|에|에서|에게|한테|으로|로|까지|부터|와|과|랑|도|만|고|면|서|데|니까|려고|지만|,)$"
)
"""Where people pause within a sentence: after a particle, a connective or a comma."""


@cache
def spoken() -> tuple[str, ...]:
    """Korean utterances, as a recogniser without punctuation writes them."""
    lines = [
        json.loads(line)
        for path in sorted(FOLDER.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    said = (line["utterance"] for line in lines if line["part"] == "tuning")
    return tuple(dict.fromkeys(text.rstrip(".?! ") for text in said if is_korean(text)))


def is_korean(text: str) -> bool:
    return len(re.findall("[가-힣]", text)) > len(re.findall("[A-Za-z]", text))


def shares(texts: Iterable[str]) -> dict[Ending, float]:
    counts = Counter(ending_of(text, "ko") for text in texts)
    return {ending: counts[ending] / counts.total() for ending in Ending}


def test_most_whole_utterances_are_seen_to_be_and_hardly_any_is_kept_waiting() -> None:
    whole = shares(spoken())
    assert whole[Ending.FINISHED] >= 0.85
    assert whole[Ending.UNFINISHED] <= 0.01


def test_hardly_any_pause_within_a_sentence_is_taken_for_its_end() -> None:
    beginnings = [
        " ".join(words[:count])
        for words in (text.split() for text in spoken())
        for count in range(1, len(words))
    ]
    paused = shares(text for text in beginnings if PAUSED_AFTER.search(text))
    assert paused[Ending.FINISHED] <= 0.01
    assert paused[Ending.UNFINISHED] >= 0.6
