from __future__ import annotations

from arion_gmail.api import upstream_options
from arion_gmail.settings import GmailSettings


def test_googles_quota_holds_at_google_and_not_at_a_stand_in() -> None:
    quota = upstream_options(GmailSettings()).quota
    assert quota is not None
    assert quota.burst + 60 * quota.units_per_s <= 6_000
    assert upstream_options(GmailSettings(base_url="http://127.0.0.1:1")).quota is None
