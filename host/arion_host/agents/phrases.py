"""Every sentence Arion itself says, in Korean and English."""

from __future__ import annotations

from dataclasses import dataclass

from arion_host.exchange import Origin
from arion_kit.words import ErrorKind, Language


@dataclass(frozen=True)
class Phrases:
    """The sentences of one language; `{names}` are filled in by the describer."""

    not_understood: str
    try_these: str
    which_one: str
    which_thing: str
    did_you_mean: str
    same_name: str
    nothing_found: str
    needs_yes: str
    may_have_happened: str
    done: str
    cancelled: str
    nothing_to_confirm: str
    empty: str
    too_long: str
    unreadable: str
    wordless: str
    looped: str
    other_language: str
    no_such_time: str
    odd_pair: str
    not_all: str
    expletive: str
    """Said for a word that is never repeated."""
    not_recorded: str
    internal: str
    no_such_tool: str
    did_it_happen: str
    did_this_happen: str
    ended_since: str
    failed_since: str
    it_happened: str
    it_did_not_happen: str
    undone: str
    nothing_to_undo: str
    cannot_undo: str
    past: str
    recurring: str
    odd_time: str
    vague: str
    not_said: str
    bad_argument: str
    missing_argument: str
    missing: dict[str, str]
    """Questions for what was not said, by the type of its slot, and for an hour."""
    destructive: str
    untrusted: str
    own_rule: str
    made_up: str
    repeated: str
    mismatch: str
    unsure: str
    never: str
    server_asks: str
    no_way_back: str
    cannot_go_back: str
    """How a question says itself what `no_way_back` would add."""
    several: str
    ordinals: tuple[str, ...]
    from_others: str
    from_others_somewhere: str
    undo_the_rest: str
    undone_all: str
    undo_which: str
    nothing_like_that: str
    already: str
    instead: str
    your_rules: str
    no_rules: str
    rules_kept: str
    keep_rules: str
    forget_rules: str
    rules_forgotten: str
    no_such_rule: str
    origins: dict[Origin, str]
    found_in: str
    written_in: str
    chosen_after: str
    yes: str
    no: str
    nothing: str
    how_to_undo: str
    fits: str
    failures: dict[ErrorKind, str]
    """For failures that carry no sentence in this language."""


_KO = Phrases(
    not_understood="이해하지 못했어요.",
    try_these="이렇게 말해 보세요: {examples}.",
    which_thing="{options} 중에서 어떤 걸 할까요?",
    which_one="{text} 어느 것을 말씀하시는 거예요? {options}.",
    did_you_mean="{text} 없어요. {label} 말하는 거예요?",
    same_name="이름이 '{text}'인 것이 {count}개 있어요. 날짜와 함께 다시 말해 주세요.",
    nothing_found="{text} 찾지 못했어요. 이름이나 날짜를 다시 말해 주세요.",
    needs_yes="{title}, 진행할까요?",
    may_have_happened=(
        "{server}에서 답이 끊겨서 처리됐는지 알 수 없어요. 다시 하기 전에 확인해 보세요."
    ),
    done="다 했어요.",
    cancelled="네, 하지 않을게요.",
    nothing_to_confirm="지금은 확인할 일이 없어요. 무엇을 할지 말해 주세요.",
    empty="아무 말도 들리지 않았어요. 다시 말해 주세요.",
    too_long="말씀이 너무 길어요. 한 가지씩 짧게 말해 주세요.",
    unreadable="읽을 수 없는 글자가 있어요. 다시 입력해 주세요.",
    wordless="글자가 없어서 무슨 말씀인지 모르겠어요. 무엇을 할지 말해 주세요.",
    looped="같은 말이 되풀이돼서 알아듣지 못했어요. 한 번만 다시 말해 주세요.",
    other_language="저는 한국어와 영어만 알아들어요. 한국어나 영어로 말해 주세요.",
    no_such_time="'{when}' 같은 날짜나 시간은 없어요. 다시 말해 주세요.",
    odd_pair="'{when}' 부분은 시간의 앞뒤가 맞지 않아요. 다시 말해 주세요.",
    not_all="한꺼번에 모두는 할 수 없어요. 어떤 것인지 하나씩 말해 주세요.",
    expletive="(욕설)",
    not_recorded="기록을 남길 수 없어서 아무것도 하지 않았어요. 디스크 공간을 확인해 주세요.",
    internal="문제가 생겨서 끝내지 못했어요. 잠시 후에 다시 해 주세요.",
    no_such_tool="지금은 할 수 없는 일이에요. 서버를 새 버전으로 바꾼 뒤에 다시 해 주세요.",
    did_it_happen=(
        "그리고 아까 {server}에 부탁하신 일이 처리됐는지 알 수 없어요. "
        "확인해 보시고, 됐으면 '응', 안 됐으면 '아니'라고 말해 주세요."
    ),
    did_this_happen=(
        "그리고 아까 {server}에 부탁하신 '{label}' 건이 처리됐는지 알 수 없어요. "
        "확인해 보시고, 됐으면 '응', 안 됐으면 '아니'라고 말해 주세요."
    ),
    ended_since="그리고 아까 {server}에 부탁하신 {label} 건은 그 뒤에 잘 처리됐어요.",
    failed_since="그리고 아까 {server}에 부탁하신 {label} 건은 처리되지 않았어요.",
    it_happened="네, 처리된 것으로 적어 둘게요.",
    it_did_not_happen="네, 안 된 것으로 적어 둘게요. 필요하시면 다시 말씀해 주세요.",
    undone="되돌렸어요. {said}",
    nothing_to_undo="되돌릴 일이 없어요. 이 대화에서 바꾼 것이 없어요.",
    cannot_undo="방금 한 일은 되돌릴 수 없어요. {server}에서 직접 확인해 주세요.",
    past="{when} 이미 지났어요. 앞으로의 시간을 말해 주세요.",
    odd_time="알 수 없는 날짜나 시간이 있어요. 다시 말해 주세요.",
    vague="언제를 말씀하시는지 분명하지 않아서 먼저 확인해요.",
    recurring=(
        "그렇게 반복되는 일정은 아직 만들 수 없어요. '매주 월요일 10시'처럼 말하거나 "
        "날짜 하나를 말해 주세요."
    ),
    not_said="말씀하지 않은 내용이 들어가서 멈췄어요. 다시 말해 주세요.",
    bad_argument="{value} 쓸 수 없는 값이에요. 다르게 말해 주세요.",
    missing_argument="필요한 내용이 빠졌어요. 조금 더 자세히 말해 주세요.",
    missing={
        "time": "언제로 할까요?",
        "hour": "몇 시로 할까요?",
        "number": "몇 번인지 말해 주세요.",
        "choice": "어떤 것으로 할까요?",
        "reference": "어느 것을 말씀하시는 거예요?",
        "text": "무엇인지 말해 주세요.",
    },
    destructive="되돌릴 수 없는 일이라서 먼저 확인해요.",
    untrusted="다른 사람이 쓴 내용이 들어가서 먼저 확인해요.",
    own_rule="먼저 물어보라고 정해 두신 일이에요.",
    made_up="직접 말씀하지 않은 내용이 다른 사람에게 보여서 먼저 확인해요.",
    mismatch="말씀하신 내용과 달라요: {slot}.",
    unsure="말씀하신 뜻이 맞는지 확실하지 않아서 먼저 확인해요.",
    repeated="조금 전에 똑같은 일을 했어요.",
    never="하지 않기로 정해 두신 일이라서 하지 않았어요.",
    no_way_back="하고 나면 되돌릴 수 없어요.",
    cannot_go_back="되돌릴 수 없",
    server_asks="서비스에서 먼저 확인해 달라고 해요.",
    several="{count}가지를 한 번에 여쭤볼게요. {questions} 모두 진행할까요?",
    ordinals=("첫째,", "둘째,", "셋째,", "넷째,", "다섯째,"),
    from_others="{servers}에서 다른 사람이 쓴 내용이 들어 있어요. {question}",
    from_others_somewhere="다른 사람이 쓴 내용이 들어 있어요. {question}",
    undo_the_rest="그 앞에 한 일 {count}개는 이미 됐어요. 그것도 되돌릴까요?",
    undone_all="{count}개를 모두 되돌렸어요.",
    undo_which="{options}. 이 일들을 모두 되돌릴까요?",
    nothing_like_that="제가 한 일 중에서 '{words}' 건은 찾지 못했어요.",
    instead="{answer} 앞의 것은 되돌렸어요.",
    your_rules="정해 두신 규칙은 {count}개예요. {rules}",
    no_rules="정해 두신 규칙이 없어요.",
    rules_kept="네, {rules}",
    keep_rules="앞으로 이렇게 해도 될까요? {rules}",
    forget_rules="이 규칙을 지울까요? {rules}",
    rules_forgotten="네, 규칙 {count}개를 지웠어요.",
    no_such_rule="그런 규칙은 없어요.",
    already="그 일은 이미 했거나 하고 있어요.",
    origins={
        Origin.SAID: "직접 말씀하신 내용",
        Origin.OWN: "내 정보에서 찾은 내용",
        Origin.OTHERS: "다른 사람이 쓴 내용",
        Origin.MODEL: "언어 모델이 쓴 내용",
        Origin.ARION: "아리온이 정해 둔 값",
    },
    found_in="{servers}에서 찾은 내용",
    written_in="{servers}에서 찾은, 다른 사람이 쓴 내용",
    chosen_after="{servers}에서 다른 사람이 쓴 내용을 보고 정한 값",
    yes="예",
    no="아니요",
    nothing="없음",
    how_to_undo="되돌리려면 '되돌려줘'라고 말해 주세요.",
    fits="말씀하신 내용과 맞아요.",
    failures={
        ErrorKind.BAD_INPUT: "{server}에서 이 요청을 받아들이지 않았어요. 다르게 말해 주세요.",
        ErrorKind.NOT_SIGNED_IN: "{server} 계정이 연결되어 있지 않아요. 계정을 먼저 연결해 주세요.",
        ErrorKind.FORBIDDEN: "{server}에서 허용하지 않는 일이에요. 계정 권한을 확인해 주세요.",
        ErrorKind.NOT_FOUND: "{server}에서 찾지 못했어요. 이름이나 날짜를 확인해 주세요.",
        ErrorKind.CONFLICT: "그사이 {server}에서 내용이 바뀌었어요. 다시 확인한 뒤에 해 주세요.",
        ErrorKind.GONE: "{server}에서 이미 지워졌어요.",
        ErrorKind.RATE_LIMITED: "{server}에 요청이 너무 많아요. 잠시 후에 다시 해 주세요.",
        ErrorKind.UNAVAILABLE: "지금 {server}에 연결할 수 없어요. 잠시 후에 다시 해 주세요.",
        ErrorKind.TIMEOUT: "{server}에서 제때 답이 오지 않았어요. 잠시 후에 다시 해 주세요.",
        ErrorKind.TOO_LARGE: "{server}에서 온 답이 너무 길어요. 범위를 좁혀서 말해 주세요.",
        ErrorKind.BAD_RESPONSE: "{server}에서 알아볼 수 없는 답이 왔어요. 다시 해 주세요.",
        ErrorKind.DECLINED: "하지 않았어요. 바뀐 것은 없어요.",
        ErrorKind.INTERNAL: "{server}에 문제가 생겼어요. 잠시 후에 다시 해 주세요.",
    },
)

_EN = Phrases(
    not_understood="I didn't understand that.",
    try_these="You could say: {examples}.",
    which_thing="Which of these do you want: {options}?",
    which_one='Which "{text}" do you mean? {options}.',
    did_you_mean='I couldn\'t find "{text}". Do you mean "{label}"?',
    same_name='There are {count} called "{text}". Please say it again with the date.',
    nothing_found='I couldn\'t find "{text}". Please check the name or the date.',
    needs_yes="{title}: shall I go ahead?",
    may_have_happened=(
        "I lost the answer from {server}, so I can't tell whether it was done. "
        "Please check before you try again."
    ),
    done="Done.",
    cancelled="Okay, I won't.",
    nothing_to_confirm="There is nothing to confirm right now. Tell me what to do.",
    empty="I didn't hear anything. Please say it again.",
    too_long="That was too long for me. Please say one thing at a time.",
    unreadable="There are characters I can't read. Please type it again.",
    wordless="There are no words in that, so I can't tell what you mean. Tell me what to do.",
    looped="I heard the same words over and over. Please say it once more.",
    other_language="I only understand Korean and English. Please say it in one of them.",
    no_such_time='There is no such date or time as "{when}". Please say it again.',
    odd_pair='The times in "{when}" don\'t fit together. Please say it again.',
    not_all="I can't do that to everything at once. Tell me which one you mean.",
    expletive="(expletive)",
    not_recorded="I couldn't keep a record, so I did nothing. Please check the disk space.",
    internal="Something went wrong and I couldn't finish. Please try again in a moment.",
    no_such_tool="I can't do that right now. Please update the server and try again.",
    did_it_happen=(
        "Also, I can't tell whether your earlier request to {server} went through. "
        "Please have a look, and say yes if it did, or no if it didn't."
    ),
    did_this_happen=(
        "Also, I can't tell whether '{label}' went through in {server} earlier. "
        "Please have a look, and say yes if it did, or no if it didn't."
    ),
    ended_since="Also, {label} in {server} has gone through since.",
    failed_since="Also, {label} in {server} didn't go through after all.",
    it_happened="Okay, I've noted that it went through.",
    it_did_not_happen="Okay, I've noted that it didn't. Ask me again if you still want it.",
    undone="Done, it's undone. {said}",
    nothing_to_undo="There's nothing to undo. Nothing was changed in this conversation.",
    cannot_undo="What I just did can't be undone. Please check it in {server} yourself.",
    past="{when} has already passed. Please tell me a time to come.",
    odd_time="There is a date or time in there that I don't know. Please say it again.",
    vague="I had to guess when you mean, so I ask first.",
    recurring=(
        "I can't make an event that repeats like that yet. Say it like 'every Monday at 10', "
        "or tell me one date."
    ),
    not_said="I stopped because something in there didn't come from you. Please say it again.",
    bad_argument='"{value}" can\'t be used here. Please say it differently.',
    missing_argument="Something is missing. Please tell me a bit more.",
    missing={
        "time": "When should it be?",
        "hour": "What time should it be?",
        "number": "Which number do you mean?",
        "choice": "Which kind should it be?",
        "reference": "Which one do you mean?",
        "text": "What should it be?",
    },
    destructive="This can't be undone, so I ask first.",
    untrusted="This contains something that others wrote, so I ask first.",
    own_rule="You told me to ask first.",
    made_up="Others would see words that aren't yours, so I ask first.",
    mismatch="This isn't what you said: {slot}.",
    unsure="I'm not sure this is what you meant, so I ask first.",
    repeated="I did exactly this a moment ago.",
    never="I didn't do it, because you told me never to.",
    no_way_back="It can't be undone.",
    cannot_go_back="can't be ",
    server_asks="The service wants a yes first.",
    several="I'll ask about {count} things at once. {questions} Shall I do all of them?",
    ordinals=("First,", "Second,", "Third,", "Fourth,", "Fifth,"),
    from_others="This contains something that others wrote in {servers}. {question}",
    from_others_somewhere="This contains something that others wrote. {question}",
    undo_the_rest="{count} before that went through. Shall I take that back too?",
    undone_all="I've taken back all {count}.",
    undo_which="{options}. Shall I take all of these back?",
    nothing_like_that='I found nothing like "{words}" among the things I did.',
    instead="{answer} I took back the one before.",
    your_rules="You have {count} rules. {rules}",
    no_rules="You have no rules.",
    rules_kept="Okay. {rules}",
    keep_rules="Is this how it should be from now on? {rules}",
    forget_rules="Shall I forget this rule? {rules}",
    rules_forgotten="Okay, {count} forgotten.",
    no_such_rule="There is no such rule.",
    already="That has been done already, or is being done.",
    origins={
        Origin.SAID: "your own words",
        Origin.OWN: "found in your data",
        Origin.OTHERS: "written by others",
        Origin.MODEL: "written by a language model",
        Origin.ARION: "always set by Arion",
    },
    found_in="found in {servers}",
    written_in="found in {servers}, written by others",
    chosen_after="chosen after reading what others wrote in {servers}",
    yes="yes",
    no="no",
    nothing="none",
    how_to_undo="To take it back, say undo.",
    fits="This is what you said.",
    failures={
        ErrorKind.BAD_INPUT: "{server} didn't accept this request. Please say it differently.",
        ErrorKind.NOT_SIGNED_IN: "{server} isn't connected. Please connect your account first.",
        ErrorKind.FORBIDDEN: "{server} doesn't allow this. Please check the account's permissions.",
        ErrorKind.NOT_FOUND: "I couldn't find it in {server}. Please check the name or the date.",
        ErrorKind.CONFLICT: "It has changed in {server} in the meantime. Please look again first.",
        ErrorKind.GONE: "It was already deleted in {server}.",
        ErrorKind.RATE_LIMITED: "{server} is getting too many requests. Please try again soon.",
        ErrorKind.UNAVAILABLE: "I can't reach {server} right now. Please try again in a moment.",
        ErrorKind.TIMEOUT: "{server} didn't answer in time. Please try again in a moment.",
        ErrorKind.TOO_LARGE: "The answer from {server} is too long. Please narrow it down.",
        ErrorKind.BAD_RESPONSE: "{server} sent an answer I can't read. Please try again soon.",
        ErrorKind.DECLINED: "I didn't do it. Nothing has changed.",
        ErrorKind.INTERNAL: "{server} ran into a problem. Please try again in a moment.",
    },
)

PHRASES: dict[Language, Phrases] = {"ko": _KO, "en": _EN}
