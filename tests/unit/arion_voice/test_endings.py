from __future__ import annotations

import pytest

from arion_voice.endings import Ending, ending_of

KOREAN = {
    Ending.FINISHED: "내일 일정 알려줘|내일 뭐 있어?|회의 잡아줘.|치과 예약했어요|지금 몇 시야?"
    "|창문 닫아라|메일 보내 주세요|이거 지울까요|그거 취소|거기가 어디지|그만|응|네"
    "|다 끝났다|불 좀 켜|같이 가자|회의 시간 바꿔|내가 할게요|비 온대요"
    "|회의는 몇 시 시작이죠|오늘 비 온다|메일 왔니|약속 있었나|등록된 일정이 있습니까"
    "|그 이슈 닫아|안 읽은 메일 전부 지워|노션에 적어|금요일로 옮겨|보내지 마|해야 돼"
    "|일정 추가해 줘 빨리|알람 꺼 지금|시간 되나 나|아빠 생신이 언제더라|비 온대|어떻게 가"
    "|점심 뭐 먹지|다음 주 날씨 어때|이거 메모해 둬|민지한테 메일 보내|그럼 금요일로 할게"
    "|아니 취소|네 보내 주세요|그럼 엔화는?",
    Ending.UNFINISHED: "내일 일정을|메일 확인하고|회의가 끝나면|음|내일 그|늦는다고 말하려고"
    "|세 시에 가서|시간이 되는데|그리고|오늘 회의는|엄마랑|내일 일정 어|비가 오니까"
    "|집에 도착하자마자|노션에, |그러니까"
    "|냉장고에 있는 걸로 하고|메일 보내 줘 그리고|그 뭐더라|아 맞다|일정이 있으니까"
    "|메일 보내 줘 그리고 내일 회의를|다음 주 수요일 오후에|민지한테|강남역까지|회의가|지훈이"
    "|음아|으음|내일 6정어|회의 록어|강남역에서|민지한태|비가 올 것 같은데|저장한 다음"
    "|메일 보내 줘 그리고 민지한테",
    Ending.UNSURE: "내일 세 시|광고|라면|화면|견적서|회의록|보고|올해|세 시로|어"
    "|냉장고|예산 페이지|휴지|필요|아까|영어|남산타워|빨래|뭐 있는지"
    "|집까지 얼마나|세 시로 바꿔야 될 것 같은데|페이지 하나|가을|아니"
    "|회의 잡아 줘, 내일 세 시에|그럼 금요일은|모레는"
    "|할 일 하나 추가할 게 있는데"
    "|답장해 줘 알겠다고|잠실까지 얼마나 걸릴까 아침 여섯 시에 출발하면|목록 좀",
}
ENGLISH = {
    Ending.FINISHED: "What's on today?|Cancel it please|yes|stop|thanks|never mind"
    "|that's all|yes, send it",
    Ending.UNFINISHED: "Send a mail to|Book a table for|and|um|Move my|Add milk and.|Call the,"
    "|so|and then",
    Ending.UNSURE: "Move the meeting.|Tomorrow at three|Read my mail||cancel the dentist|please"
    "|who is it from|what was it about|turn it on|call her|I don't think so|no wait",
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


@pytest.mark.parametrize("part", ["다음 주 수요일 오후에", "민지한테", "강남역까지", "지훈이"])
def test_after_a_question_a_part_of_a_sentence_may_be_all(part: str) -> None:
    assert ending_of(part, "ko") is Ending.UNFINISHED
    assert ending_of(part, "ko", answers=True) is Ending.UNSURE


def test_an_answer_too_may_go_on() -> None:
    assert ending_of("내일 오후 세 시에 하고", "ko", answers=True) is Ending.UNFINISHED
