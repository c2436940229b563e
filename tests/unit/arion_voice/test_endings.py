from __future__ import annotations

import pytest

from arion_voice.endings import Ending, ending_of

KOREAN = {
    Ending.FINISHED: "내일 일정 알려줘|내일 뭐 있어?|회의 잡아줘.|치과 예약했어요|지금 몇 시야?"
    "|창문 닫아라|메일 보내 주세요|이거 지울까요|그거 취소|거기가 어디지|그만|응|네"
    "|다 끝났다|불 좀 켜|같이 가자|회의 시간 바꿔|내가 할게요|비 온대요"
    "|회의는 몇 시 시작이죠|오늘 비 온다|메일 왔니|약속 있었나",
    Ending.UNFINISHED: "내일 일정을|메일 확인하고|회의가 끝나면|음|내일 그|늦는다고 말하려고"
    "|세 시에 가서|시간이 되는데|그리고|오늘 회의는|엄마랑|내일 일정 어|비가 오니까"
    "|집에 도착하자마자|노션에, |그러니까",
    Ending.UNSURE: "내일 세 시|광고|라면|화면|견적서|회의록|보고|올해|세 시로|다음 주 수요일 오후에"
    "|민지한테|강남역까지|어",
}
ENGLISH = {
    Ending.FINISHED: "What's on today?|Cancel it please|yes|stop|thanks",
    Ending.UNFINISHED: "Send a mail to|Book a table for|and|um|Move my|Add milk and.|Call the,",
    Ending.UNSURE: "Move the meeting.|Tomorrow at three|Read my mail|",
}
CASES = [
    (language, text.strip(), ending)
    for language, endings in (("ko", KOREAN), ("en", ENGLISH))
    for ending, texts in endings.items()
    for text in texts.split("|")
]


@pytest.mark.parametrize(("language", "text", "ending"), CASES)
def test_the_last_words_tell_whether_more_follows(language, text: str, ending: Ending) -> None:
    assert ending_of(text, language) is ending
