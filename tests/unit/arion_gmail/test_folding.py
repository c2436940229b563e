from __future__ import annotations

import pytest

from arion_gmail.folding import fold


@pytest.mark.parametrize(
    "above",
    [
        "2026년 11월 20일 (금) 오후 3:12, 이수민 <sumin@example.com>님이 작성:",
        "2026년 11월 20일 (금) 오후 3:12, 이수민 <sumin@example.com>님이\n작성:",
        "On Fri, Nov 20, 2026 at 3:12 PM Sumin Lee <sumin@example.com>\nwrote:",
        "2026-11-20 15:12, Sumin Lee wrote:",
    ],
)
def test_a_quote_goes_with_the_line_above_it(above: str) -> None:
    text = f"네, 좋아요.\r\n\r\n{above}\r\n\r\n> 3시 어때요?\r\n>\r\n> 수민\r\n"
    assert fold(text) == "네, 좋아요.\n[…]"


def test_answers_between_quotes_are_kept() -> None:
    assert fold("> 몇 시?\n세 시요.\n> 어디서?\n7층이요.\n") == "[…]\n세 시요.\n[…]\n7층이요."


@pytest.mark.parametrize("rule", ["-----Original Message-----", "----- 원본 메시지 -----"])
def test_the_mail_that_is_answered_is_folded_whole(rule: str) -> None:
    assert fold(f"확인했습니다.\n\n{rule}\nFrom: a\nSubject: b\n\n옛 글\n") == "확인했습니다.\n[…]"


@pytest.mark.parametrize("delimiter", ["-- ", "--"])
def test_a_signature_is_folded(delimiter: str) -> None:
    assert fold(f"본문\n{delimiter}\n김하늘\n여울소프트\n") == "본문\n[…]"


def test_a_long_rest_after_two_hyphens_is_no_signature() -> None:
    text = "앞\n--\n" + "\n".join(f"{number}번째 소식" for number in range(20))
    assert fold(text) == text


def test_the_advertisement_of_a_phone_is_folded() -> None:
    assert fold("곧 갈게요\n\n나의 iPhone에서 보냄") == "곧 갈게요\n[…]"
    assert fold("On my way\n\nSent from my Galaxy") == "On my way\n[…]"


def test_mail_that_is_nothing_but_a_quote_is_returned_whole() -> None:
    assert fold("> 첫 줄\n> 둘째 줄") == "> 첫 줄\n> 둘째 줄"


def test_dates_and_hyphens_in_the_text_are_no_quotes() -> None:
    text = "2026년 11월 20일 회의록을 작성했습니다.\n- 안건 하나\n- 안건 둘"
    assert fold(text) == text


@pytest.mark.parametrize("line", ["> a\n", "On \n", "--\n", "-- \n\n", "2026년 작성:\n\n", "\n"])
def test_repetitions_do_not_stall_the_folding(line: str) -> None:
    assert fold("앞\n" + line * 30_000).startswith("앞")
