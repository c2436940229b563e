"""What a person is told when something fails: one sentence, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from arion_voice.engines import Language
from arion_voice.errors import VoiceErrorKind


@dataclass(frozen=True)
class Message:
    """An error in words."""

    text: str
    next_step: str


_PULL_KO = "'arion models pull'을 실행해 주세요."
_PULL_EN = "Run 'arion models pull'."

_KO: dict[VoiceErrorKind, Message] = {
    VoiceErrorKind.BAD_FRAME: Message(
        "알 수 없는 데이터를 받아서 건너뛰었어요.", "앱을 새로 고쳐 주세요."
    ),
    VoiceErrorKind.BAD_STATE: Message("지금은 할 수 없는 요청이에요.", "앱을 새로 고쳐 주세요."),
    VoiceErrorKind.BUSY: Message(
        "아직 앞의 말씀에 답하고 있어요.", "답을 들은 뒤에 다시 말해 주세요."
    ),
    VoiceErrorKind.TOO_LARGE: Message("말씀이 너무 길어요.", "1분 안으로 나누어 말해 주세요."),
    VoiceErrorKind.TAKEN_OVER: Message(
        "이 대화는 다른 창에서 이어지고 있어요.", "여기서는 새 대화로 말해 주세요."
    ),
    VoiceErrorKind.UNSUPPORTED: Message(
        "이 앱과는 음성으로 연결할 수 없어요.", "앱을 최신 버전으로 바꿔 주세요."
    ),
    VoiceErrorKind.NO_MODELS: Message("음성 모델이 아직 없어요.", _PULL_KO),
    VoiceErrorKind.NO_NETWORK: Message(
        "인터넷에 연결되지 않아서 음성 모델을 받을 수 없어요.",
        "인터넷에 연결한 뒤 " + _PULL_KO,
    ),
    VoiceErrorKind.NO_SPACE: Message(
        "디스크 공간이 부족해서 음성 모델을 저장할 수 없어요.",
        "공간을 비우거나 ARION_MODELS_DIR에 다른 폴더를 지정해 주세요.",
    ),
    VoiceErrorKind.NOT_WRITABLE: Message(
        "음성 모델 폴더에 쓸 수 없어요.",
        "폴더 권한을 확인하거나 ARION_MODELS_DIR에 다른 폴더를 지정해 주세요.",
    ),
    VoiceErrorKind.CORRUPT: Message("받은 음성 모델 파일이 손상되었어요.", _PULL_KO),
    VoiceErrorKind.ENGINE_FAILED: Message("음성 처리에 실패했어요.", "다시 말해 주세요."),
    VoiceErrorKind.NOT_ALLOWED: Message(
        "클라우드 음성 서비스에서 키를 거절했어요.",
        "설정에서 음성 서비스의 키를 확인해 주세요.",
    ),
    VoiceErrorKind.QUOTA: Message(
        "클라우드 음성 서비스의 사용량을 다 썼어요.",
        "서비스에서 사용량을 늘리거나 이 기기의 음성으로 바꿔 주세요.",
    ),
    VoiceErrorKind.RESPONDER_FAILED: Message(
        "답을 준비하다가 문제가 생겼어요.", "다시 말해 주세요."
    ),
}

_EN: dict[VoiceErrorKind, Message] = {
    VoiceErrorKind.BAD_FRAME: Message("I skipped data I couldn't read.", "Reload the app."),
    VoiceErrorKind.BAD_STATE: Message("That can't be done right now.", "Reload the app."),
    VoiceErrorKind.BUSY: Message(
        "I'm still answering what you said before.", "Wait for the answer, then try again."
    ),
    VoiceErrorKind.TOO_LARGE: Message("That was too long.", "Keep it under a minute."),
    VoiceErrorKind.TAKEN_OVER: Message(
        "This conversation goes on in another window.", "Start a new one here."
    ),
    VoiceErrorKind.UNSUPPORTED: Message("This app can't connect by voice.", "Update the app."),
    VoiceErrorKind.NO_MODELS: Message("The speech models aren't here yet.", _PULL_EN),
    VoiceErrorKind.NO_NETWORK: Message(
        "The speech models can't be downloaded without a network.",
        "Go online, then run 'arion models pull'.",
    ),
    VoiceErrorKind.NO_SPACE: Message(
        "There isn't enough disk space for the speech models.",
        "Free some space, or set ARION_MODELS_DIR to another folder.",
    ),
    VoiceErrorKind.NOT_WRITABLE: Message(
        "The folder for speech models can't be written to.",
        "Check its permissions, or set ARION_MODELS_DIR to another folder.",
    ),
    VoiceErrorKind.CORRUPT: Message("A downloaded speech model is damaged.", _PULL_EN),
    VoiceErrorKind.ENGINE_FAILED: Message("Speech processing failed.", "Please say it again."),
    VoiceErrorKind.NOT_ALLOWED: Message(
        "The cloud speech service didn't accept the key.", "Check its key in the settings."
    ),
    VoiceErrorKind.QUOTA: Message(
        "The credit at the cloud speech service is used up.",
        "Add credit there, or switch to speech on this device.",
    ),
    VoiceErrorKind.RESPONDER_FAILED: Message(
        "Something went wrong while preparing the answer.", "Please try again."
    ),
}


def explain(kind: VoiceErrorKind, language: Language) -> Message:
    """The words for a kind of error."""
    return (_KO if language == "ko" else _EN)[kind]
