"""Where the model files lie."""

from __future__ import annotations

from pathlib import Path

from arion_voice.errors import ModelsError, VoiceErrorKind
from arion_voice.models.manifest import KOKORO, SMART_TURN, WHISPERS, Model
from arion_voice.settings import VoiceSettings


class ModelStore:
    """The folder that holds fetched models, and the paths that were configured instead."""

    def __init__(self, settings: VoiceSettings) -> None:
        self.root = settings.models_folder
        self.whisper = WHISPERS[settings.whisper_model]
        """The recogniser of this machine."""
        turn_model = (SMART_TURN,) if settings.turn_model else ()
        self.wanted = (self.whisper, KOKORO, *turn_model)
        """What speech without the cloud needs, and what `arion models pull` fetches."""
        self._configured = {
            self.whisper.name: settings.whisper_path,
            KOKORO.name: settings.kokoro_path,
        }

    def find(self, model: Model) -> Path | None:
        """The model's folder, or None when it has to be fetched.

        Fetched files were held against their checksums before they got here, so their sizes
        are enough to know that they are still whole.

        Raises:
            ModelsError: `no_models`, a path was configured and holds no such model.
        """
        configured = self._configured.get(model.name)
        if configured is not None:
            return self._check_configured(model, configured.expanduser())
        folder = self.folder(model)
        whole = all(_has_size(folder / file.name, file.size) for file in model.files)
        return folder if whole else None

    def require(self, model: Model) -> Path:
        """The model's folder.

        Raises:
            ModelsError: `no_models`, it was not fetched yet or is not where it should be.
        """
        found = self.find(model)
        if found is None:
            raise ModelsError(
                VoiceErrorKind.NO_MODELS,
                f"{model.title} is not in {self.folder(model)}; run 'arion models pull'",
            )
        return found

    def folder(self, model: Model) -> Path:
        """Where a fetched model belongs."""
        return self.root / model.name

    @staticmethod
    def _check_configured(model: Model, folder: Path) -> Path:
        # Another size of the same family is welcome, so sizes and checksums say nothing here.
        network = folder / model.files[0].name
        if not network.is_file():
            raise ModelsError(
                VoiceErrorKind.NO_MODELS,
                f"the path set for {model.name} holds no model: {network} is missing",
            )
        return folder


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False
