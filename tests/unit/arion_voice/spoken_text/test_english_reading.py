"""What Arion shows, and how English reads it out: one row for each way of writing."""

from __future__ import annotations

import pytest

from arion_voice.spoken_text import speakable

ROWS = """
Meet on 11/24 | Meet on November 24th
Nov 24-26 | November 24th to 26th
2026-11-24 15:30 | November 24th, 2026 at 3 30 PM
Tue 11/24 | Tuesday November 24th
Mon-Fri 9:00-18:00 | Monday to Friday 9 o'clock to 6 PM
in 1h 30m | in 1 hour 30 minutes
at 10:30am | at 10 30 AM
from 10am to 3pm | from 10 AM to 3 PM
at 8:05 PM | at 8 oh 5 PM
the 1990s | the 1990s
$1,200 | 1,200 dollars
$3.5M | 3.5 million dollars
$0.99 | 99 cents
€20.50 | 20 euros and 50 cents
USD 30 | 30 US dollars
12,900 KRW | 12,900 won
20% off | 20 percent off
-10% | minus 10 percent
15°C | 15 degrees Celsius
1.2km away | 1.2 kilometers away
350 m | 350 meters
60 mph | 60 miles per hour
16GB RAM | 16 gigabytes RAM
v2.3.1 is out | version 2.3.1 is out
PR #128 and issue #5 | PR number 128 and issue number 5
1st and 2nd | 1st and 2nd
5-10 people | 5 to 10 people
1:1 with Kim | one on one with Kim
Q&A session | Q and A session
24/7 support | 24 7 support
call +1 415-555-0100 | call 1, 4 1 5, 5 5 5, 0 1 0 0
https://github.com/a/b | a link to github dot com
see www.notion.so/page. | see a link to notion dot so.
mail kim92@gmail.com | mail kim 9 2 at gmail dot com
report_final.pdf | report final dot PDF
README.md | README dot MD
and/or | and or
e.g., tea | for example, tea
approx. 5 | approximately 5
Mr. Lee & Mrs. Kim | mister Lee and missus Kim
A → B | A, B
3 × 4 | 3 times 4
<speak>Hi<break time="1s"/> there</speak> | Hi there
[laughs] Done | Done
&amp; more | and more
Dr. Kim vs. Lee | doctor Kim versus Lee
Open 9am-6pm | Open 9 AM to 6 PM
3/4 done | three quarters done
5/5 stars | 5 out of 5 stars
$20-30 | 20 to 30 dollars
5% - 10% | 5 percent to 10 percent
16:9 screen | 16 to 9 screen
₩33,300/month | 33,300 won per month
C++ and C# | C plus plus and C sharp
# Title | Title
- one | one
`code` and **bold** | code and bold
etc. | et cetera
w/o sugar | without sugar
"""
CASES = [
    tuple(part.strip() for part in row.rpartition("|")[::2]) for row in ROWS.strip().splitlines()
]


@pytest.mark.parametrize(("written", "said"), CASES)
def test_a_row_is_read_as_a_person_would(written: str, said: str) -> None:
    assert speakable(written, "en") == said
