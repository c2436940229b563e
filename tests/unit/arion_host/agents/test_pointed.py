from __future__ import annotations

import pytest

from arion_host.agents.pointed import answering, called, named, with_object, with_somebody
from arion_kit.words import Language

KO: Language = "ko"
EN: Language = "en"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("그거 지워줘", "그 메일 지워줘"),
        ("그걸 지워줘", "그 메일을 지워줘"),
        ("방금 거 지워줘", "그 메일 지워줘"),
        ("그게 언제 왔어", "그 메일이 언제 왔어"),
        ("첫 번째 거 읽어줘", "첫 번째 메일 읽어줘"),
        ("두 번째 읽어줘", "두 번째 메일 읽어줘"),
        ("세 번째 걸로 해줘", "세 번째 메일로 해줘"),
    ],
)
def test_the_noun_that_korean_leaves_out_is_put_back(text: str, whole: str):
    assert list(named(text, [["메일"]], KO)) == [whole]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Read the first one", "Read the first email"),
        ("bin it", "bin that email"),
        ("Forward that to Seojun", "Forward that email to Seojun"),
        ("delete the second", "delete the second email"),
    ],
)
def test_the_noun_that_english_leaves_out_is_put_back(text: str, whole: str):
    assert whole in named(text, [["email"]], EN)


def test_a_thing_that_is_named_keeps_its_name():
    assert list(named("첫 번째 기사 읽어줘", [["메일"]], KO)) == []
    assert list(named("read that message to me", [["email"]], EN)) == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("turn that one down", "turn that event down"),
        ("put it back in the inbox", "put that event back in the inbox"),
        ("did its tests pass", "did that event's tests pass"),
        ("any parking there", "any parking near that event"),
        ("drop it, I'm not going", "drop that event"),
        ("that was fun, delete it", "delete that event"),
        ("open the second thing", "open the second event"),
    ],
)
def test_words_that_point_may_stand_anywhere(text: str, whole: str):
    assert whole in named(text, [["event"]], EN)


def test_a_thing_called_otherwise_is_tried_by_its_other_names():
    assert "push that event back" in named("push that meeting back", [["event", "meeting"]], EN)
    assert "그 일정 미뤄줘" in named("그 미팅 미뤄줘", [["일정", "미팅"]], KO)
    assert not any("메일" in it for it in named("그 미팅 미뤄줘", [["메일"]], KO))


def test_the_place_where_one_starts_keeps_its_particle():
    assert "그 곳에서 역까지 얼마나 걸려" in named("거기서 역까지 얼마나 걸려", [["곳"]], KO)


def test_the_reason_for_it_is_left_out_in_korean_as_well():
    assert "그 초안 지워" in named("그거 지워, 안 보낼래", [["초안"]], KO)


def test_a_korean_verb_gets_the_object_it_leaves_out():
    assert list(with_object("승인해", [["PR"]], KO)) == ["그 PR 승인해"]
    assert list(with_object("approve", [["PR"]], EN)) == []


@pytest.mark.parametrize(
    ("text", "language", "whole"),
    [
        ("write her back that I got it", EN, "reply to that email that I got it"),
        ("tell him I'm late", EN, "reply to that email saying I'm late"),
        ("그분한테 알겠다고 답장해줘", KO, "그 email에 알겠다고 답장해줘"),
    ],
)
def test_what_is_told_somebody_answers_what_they_wrote(text: str, language: Language, whole: str):
    assert list(answering(text, [["email"]], language)) == [whole]


@pytest.mark.parametrize(
    ("text", "language", "whole"),
    [
        ("send her a mail that I'm in", EN, "send Alex a mail that I'm in"),
        ("read her mail", EN, "read Alex's mail"),
        ("그 사람한테 메일 보내줘", KO, "아무개 씨한테 메일 보내줘"),
        ("send it to Alex", EN, None),
        ("메일 보내줘", KO, None),
    ],
)
def test_a_person_is_pointed_at(text: str, language: Language, whole: str | None):
    assert with_somebody(text, language) == whole


def test_what_was_asked_about_is_called_by_its_name():
    assert "where is the client meeting" in called("where is that", "client meeting", EN)
    assert "치과 미뤄줘" in called("그거 미뤄줘", "치과", KO)
