"""What a person hears when a vendor's API fails, in Korean and English."""

from __future__ import annotations

from dataclasses import dataclass

from arion_kit.changes import Changes
from arion_kit.errors import ToolFailure, UpstreamFailure
from arion_kit.words import ErrorKind, Failure, Language


@dataclass(frozen=True)
class _Told:
    message: str
    next_step: str


_KO = {
    ErrorKind.BAD_INPUT: _Told(
        "{service}에서 이 요청을 받아 주지 않았어요.", "내용을 바꿔서 다시 말씀해 주세요."
    ),
    ErrorKind.NOT_SIGNED_IN: _Told(
        "{service} 계정이 연결되어 있지 않아요.", "계정을 먼저 연결해 주세요."
    ),
    ErrorKind.FORBIDDEN: _Told(
        "{service}에서 허용하지 않는 일이에요.", "계정 권한을 확인해 주세요."
    ),
    ErrorKind.NOT_FOUND: _Told(
        "{service}에서 찾지 못했어요.", "이름이나 날짜를 다시 확인해 주세요."
    ),
    ErrorKind.CONFLICT: _Told(
        "그사이 {service}에서 내용이 바뀌었어요.", "다시 확인한 뒤에 해 주세요."
    ),
    ErrorKind.GONE: _Told("{service}에서 이미 지워졌어요.", "더 하실 일은 없어요."),
    ErrorKind.RATE_LIMITED: _Told(
        "{service}에 요청이 너무 많이 몰렸어요.", "잠시 뒤에 다시 해 주세요."
    ),
    ErrorKind.UNAVAILABLE: _Told("지금 {service}에 연결할 수 없어요.", "잠시 뒤에 다시 해 주세요."),
    ErrorKind.TIMEOUT: _Told("{service}에서 제때 답이 오지 않았어요.", "잠시 뒤에 다시 해 주세요."),
    ErrorKind.TOO_LARGE: _Told(
        "{service}에서 온 답이 너무 길어요.", "범위를 좁혀서 다시 말씀해 주세요."
    ),
    ErrorKind.BAD_RESPONSE: _Told(
        "{service}에서 알아볼 수 없는 답이 왔어요.", "잠시 뒤에 다시 해 주세요."
    ),
    ErrorKind.DECLINED: _Told("하지 않았어요.", "바뀐 것은 없어요."),
    ErrorKind.INTERNAL: _Told(
        "예상하지 못한 문제가 생겼어요.", "계속되면 서버 로그를 확인해 주세요."
    ),
}
_EN = {
    ErrorKind.BAD_INPUT: _Told(
        "{service} did not accept this request.", "Please say it differently."
    ),
    ErrorKind.NOT_SIGNED_IN: _Told(
        "{service} isn't connected.", "Please connect your account first."
    ),
    ErrorKind.FORBIDDEN: _Told(
        "{service} doesn't allow this.", "Please check the account's permissions."
    ),
    ErrorKind.NOT_FOUND: _Told(
        "I couldn't find it in {service}.", "Please check the name or the date."
    ),
    ErrorKind.CONFLICT: _Told(
        "It has changed in {service} in the meantime.", "Please look again first."
    ),
    ErrorKind.GONE: _Told("It was already deleted in {service}.", "There is nothing left to do."),
    ErrorKind.RATE_LIMITED: _Told(
        "{service} is getting too many requests.", "Please try again in a moment."
    ),
    ErrorKind.UNAVAILABLE: _Told(
        "{service} can't be reached right now.", "Please try again in a moment."
    ),
    ErrorKind.TIMEOUT: _Told("{service} didn't answer in time.", "Please try again in a moment."),
    ErrorKind.TOO_LARGE: _Told("The answer from {service} is too long.", "Please narrow it down."),
    ErrorKind.BAD_RESPONSE: _Told(
        "{service} sent an answer I can't read.", "Please try again in a moment."
    ),
    ErrorKind.DECLINED: _Told("I didn't do it.", "Nothing has changed."),
    ErrorKind.INTERNAL: _Told(
        "Something unexpected went wrong.", "If it keeps happening, check the server's log."
    ),
}


_LOOK_FIRST: dict[Language, str] = {
    "ko": "그래도 처리됐을 수 있으니 먼저 확인해 주세요.",
    "en": "It may have happened all the same, so please look first.",
}


def failure_for(error: Exception, language: Language, changes: Changes | None = None) -> Failure:
    """What to tell of `error`, in `language` where the kit has the words.

    An error that is no `ToolFailure` is internal: nothing of it is shown. `changes` is given for
    a call that was to change something.
    """
    failure = _worded(error, language)
    if changes is None or not changes.open_after(failure.kind):
        return failure
    return failure.model_copy(
        update={"may_have_happened": True, "next_step": _LOOK_FIRST[language]}
    )


def _worded(error: Exception, language: Language) -> Failure:
    if not isinstance(error, ToolFailure):
        told, service, own_step = Failure(kind=ErrorKind.INTERNAL, message=""), "", None
    elif isinstance(error, UpstreamFailure) and error.service:
        told, service = error.failure, error.service
        own_step = error.next_steps.get(language) or told.next_step
    else:
        return error.failure
    words = (_KO if language == "ko" else _EN)[told.kind]
    return told.model_copy(
        update={
            "message": words.message.format(service=service),
            "next_step": own_step or words.next_step,
        }
    )
