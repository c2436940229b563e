"""What calls of Gmail cost, in its quota units.

Source: developers.google.com/workspace/gmail/api/reference/quota, as of May 2026: 6,000 units a
minute for one user of a project; messages.get 20 (it was 5), threads.get 40 (10), lists 5, sends
100. What drafts.get and attachments.get cost now was not seen: the price of messages.get is
assumed. The others are those of the table before.
"""

from __future__ import annotations

from arion_kit.limiter import Quota

PER_USER = Quota(units_per_s=50, burst=3_000)
"""A burst and a minute together stay below what Google allows in any minute."""

LIST = 5
GET = 20
THREAD = 40
LABELS = 1
PROFILE = 1
MODIFY = 5
MODIFY_MANY = 50
WRITE_DRAFT = 15
DELETE_DRAFT = 10
SEND = 100
