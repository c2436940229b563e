from __future__ import annotations

import pytest

from arion_voice.spoken_text import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("You have a meeting at 15:00.", "You have a meeting at 3 PM."),
        ("at 3:30 p.m. with Kim", "at 3 30 PM with Kim"),
        ("at 09:05", "at 9 oh 5 AM"),
        ("9:30", "9 30"),
        ("9:00", "9 o'clock"),
        ("00:15", "12 15 AM"),
        ("12:00", "12 PM"),
        ("15:00-16:30", "3 PM to 4 30 PM"),
        ("3:00 PM – 4:00 PM", "3 PM to 4 PM"),
        ("3-5 PM", "3 to 5 PM"),
        ("2026-11-24", "November 24th, 2026"),
        ("2026-11-24T15:00:00+09:00", "November 24th, 2026 at 3 PM"),
        ("Tue, Nov 24", "Tuesday, November 24th"),
        ("The March 3 review", "The March 3rd review"),
        ("May I help?", "May I help?"),
        ("The sun is up.", "The sun is up."),
    ],
)
def test_times_and_dates(written: str, said: str) -> None:
    assert speakable(written, "en") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("It costs $12.50.", "It costs 12 dollars and 50 cents."),
        ("$1", "1 dollar"),
        ("₩12,500", "12,500 won"),
        ("50%", "50 percent"),
        ("3.5 km", "3.5 kilometers"),
        ("1 km", "1 kilometer"),
        ("-3°C", "minus 3 degrees Celsius"),
        ("10-20 min", "10 to 20 minutes"),
        ("call 010-1234-5678", "call 0 1 0, 1 2 3 4, 5 6 7 8"),
        ("PR #12", "PR number 12"),
        ("v1.2", "version 1.2"),
    ],
)
def test_money_measures_and_codes(written: str, said: str) -> None:
    assert speakable(written, "en") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("see https://x.com/a.", "see a link to x dot com."),
        ("to kim@x.com", "to kim at x dot com"),
        ("Tom & Jerry", "Tom and Jerry"),
        ("e.g. this", "for example this"),
        ("Lunch (Gangnam) at noon", "Lunch, Gangnam, at noon"),
        ("**Done.** 🎉", "Done."),
        ("Dr. Kim", "doctor Kim"),
        ("The meeting with 김민수", "The meeting with 김민수"),
    ],
)
def test_words_markup_and_signs(written: str, said: str) -> None:
    assert speakable(written, "en") == said
