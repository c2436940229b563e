"""pipecat-ai's own local pipeline behind a WebSocket, as a peer: the same model, the same answer.

Runs in an environment of its own (see `peer`). Microphone: frames of PCM16, 16 kHz. Back come
JSON text frames `{"heard": …}` with what is answered, and PCM16 at 24 kHz. The answer's speech is
given to it ready-made, so that no voice is compared here.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import AsyncGenerator
from pathlib import Path

from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.audio.vad.vad_analyzer import VADParams
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
    OutputAudioRawFrame,
    OutputTransportMessageUrgentFrame,
    TTSAudioRawFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.runner import PipelineRunner
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.serializers.base_serializer import FrameSerializer
from pipecat.services.tts_service import TTSService
from pipecat.services.whisper.stt import WhisperSTTService
from pipecat.transcriptions.language import Language
from pipecat.transports.websocket.server import (
    SingleClientWebsocketServerParams,
    SingleClientWebsocketServerTransport,
)
from pipecat.turns.user_stop import SpeechTimeoutUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies

ANSWER = "네, 오늘 일정은 두 개예요."
UP_HZ, DOWN_HZ = 16_000, 24_000


class RawSound(FrameSerializer):
    """Sound as it is, and messages as JSON."""

    async def serialize(self, frame: Frame) -> str | bytes | None:
        if isinstance(frame, OutputAudioRawFrame):
            return frame.audio
        if isinstance(frame, OutputTransportMessageUrgentFrame) and "heard" in frame.message:
            return json.dumps(frame.message)
        return None

    async def deserialize(self, data: str | bytes) -> Frame | None:
        if isinstance(data, str):
            return None
        return InputAudioRawFrame(audio=data, sample_rate=UP_HZ, num_channels=1)


class Responder(FrameProcessor):
    """Answers every turn with the same sentence, in the place of a language model."""

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if not isinstance(frame, LLMContextFrame):
            await self.push_frame(frame, direction)
            return
        heard = frame.context.get_messages()[-1]["content"]
        message = OutputTransportMessageUrgentFrame(message={"heard": heard})
        for part in (message, LLMFullResponseStartFrame(), LLMTextFrame(ANSWER)):
            await self.push_frame(part)
        await self.push_frame(LLMFullResponseEndFrame())


class ReadyMadeSpeech(TTSService):
    """Speaks everything as one recording."""

    def __init__(self, speech: bytes) -> None:
        super().__init__(sample_rate=DOWN_HZ, push_start_frame=True, push_stop_frames=True)
        self._speech = speech

    async def run_tts(self, text: str, context_id: str) -> AsyncGenerator[Frame | None, None]:
        yield TTSAudioRawFrame(self._speech, DOWN_HZ, 1, context_id=context_id)


def strategies(name: str) -> tuple[VADParams, UserTurnStrategies]:
    """When a turn is over: pipecat's default (its smart-turn model), or tuned to whole commands."""
    if name == "default":
        return VADParams(), UserTurnStrategies()
    return VADParams(stop_secs=0.6), UserTurnStrategies(
        stop=[SpeechTimeoutUserTurnStopStrategy(user_speech_timeout=0.0)]
    )


async def serve(model: Path, speech: bytes, port: int, strategy: str) -> None:
    transport = SingleClientWebsocketServerTransport(
        params=SingleClientWebsocketServerParams(
            serializer=RawSound(),
            audio_in_enabled=True,
            audio_out_enabled=True,
            audio_in_sample_rate=UP_HZ,
            audio_out_sample_rate=DOWN_HZ,
        ),
        host="127.0.0.1",
        port=port,
    )
    vad, turns = strategies(strategy)
    aggregators = LLMContextAggregatorPair(
        LLMContext(),
        user_params=LLMUserAggregatorParams(
            user_turn_strategies=turns, vad_analyzer=SileroVADAnalyzer(params=vad)
        ),
    )
    hearing = WhisperSTTService(
        device="cpu",
        compute_type="int8",
        settings=WhisperSTTService.Settings(model=str(model), language=Language.KO),
    )
    pipeline = Pipeline(
        [
            transport.input(),
            hearing,
            aggregators.user(),
            Responder(),
            ReadyMadeSpeech(speech),
            transport.output(),
            aggregators.assistant(),
        ]
    )
    worker = PipelineWorker(
        pipeline,
        params=PipelineParams(audio_in_sample_rate=UP_HZ, audio_out_sample_rate=DOWN_HZ),
        idle_timeout_secs=None,
    )
    runner = PipelineRunner(handle_sigint=False)
    await runner.run(worker)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of a Whisper model")
    parser.add_argument("--answer", type=Path, required=True, help="PCM16, 24 kHz")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--strategy", choices=("default", "tuned"), default="tuned")
    options = parser.parse_args()
    asyncio.run(serve(options.model, options.answer.read_bytes(), options.port, options.strategy))


if __name__ == "__main__":
    main()
