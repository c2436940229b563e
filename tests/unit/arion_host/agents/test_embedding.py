from __future__ import annotations

import hashlib
import logging
import os
import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from arion_host.agents.embedding import PACKAGE, Embedding, open_embedding


class Counting:
    """Gives every text a vector of its own, and counts."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def query(self, texts: str) -> NDArray[np.float32]:
        self.read.append(texts)
        seed = int.from_bytes(hashlib.sha256(texts.encode()).digest()[:4])
        vector = np.random.default_rng(seed).standard_normal(384).astype(np.float32)
        return np.asarray(vector / np.linalg.norm(vector), np.float32)


def learnt(embedding: Embedding, *texts: str) -> bool:
    return embedding.learn(texts, threading.Event())


def test_a_text_is_read_once() -> None:
    encoder = Counting()
    embedding = Embedding(encoder)
    once, again = embedding.vector("내일 일정"), embedding.vector("내일 일정!")
    assert np.array_equal(once, again)
    assert encoder.read == ["내일 일정"]


def test_what_was_learnt_is_read_from_the_file_the_next_time(tmp_path: Path) -> None:
    first = Embedding(Counting(), folder=tmp_path)
    assert learnt(first, "일정 알려줘", "메일 읽어줘")
    encoder = Counting()
    second = Embedding(encoder, folder=tmp_path)
    assert learnt(second, "일정 알려줘", "메일 읽어줘", "택시 불러줘")
    assert encoder.read == ["택시 불러줘"]
    vectors = second.vectors(["일정 알려줘", "메일 읽어줘"])
    assert np.allclose(vectors, first.vectors(["일정 알려줘", "메일 읽어줘"]), atol=1e-3)


def test_what_no_pack_says_any_more_is_not_kept(tmp_path: Path) -> None:
    learnt(Embedding(Counting(), folder=tmp_path), "일정 알려줘", "메일 읽어줘")
    learnt(Embedding(Counting(), folder=tmp_path), "메일 읽어줘", "택시 불러줘")
    encoder = Counting()
    learnt(Embedding(encoder, folder=tmp_path), "일정 알려줘", "메일 읽어줘", "택시 불러줘")
    assert encoder.read == ["일정 알려줘"]


def test_a_file_that_is_damaged_is_made_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    learnt(Embedding(Counting(), folder=tmp_path), "일정 알려줘")
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:40])
    encoder = Counting()
    with caplog.at_level(logging.WARNING):
        assert learnt(Embedding(encoder, folder=tmp_path), "일정 알려줘")
    assert encoder.read == ["일정 알려줘"]
    assert "made again" in caplog.text
    assert [it.name for it in tmp_path.iterdir()] == [path.name]


def test_reading_stops_when_it_is_told_to_and_keeps_what_it_has(tmp_path: Path) -> None:
    stopped = threading.Event()

    class Stopping(Counting):
        def query(self, texts: str) -> NDArray[np.float32]:
            stopped.set()
            return super().query(texts)

    encoder = Stopping()
    assert not Embedding(encoder, folder=tmp_path).learn(["일정", "메일", "택시"], stopped)
    assert encoder.read == ["일정"]
    rest = Counting()
    assert learnt(Embedding(rest, folder=tmp_path), "일정", "메일", "택시")
    assert rest.read == ["메일", "택시"]


def test_no_texts_have_no_vectors() -> None:
    assert Embedding(Counting()).vectors([]).shape == (0, 384)


def test_without_the_package_there_is_no_embedding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arion_host.agents.embedding.PACKAGE", "not_installed_at_all")
    assert open_embedding() is None


@pytest.mark.thorough
def test_the_model_knows_that_words_mean_the_same_in_both_languages(tmp_path: Path) -> None:
    pytest.importorskip(PACKAGE)
    embedding = open_embedding(tmp_path)
    assert embedding is not None
    assert "OMP_NUM_THREADS" not in os.environ
    near, far = embedding.vectors(["건강검진 예약", "무선 키보드"]) @ embedding.vector("checkup")
    assert near > far
