from __future__ import annotations

from arion_gmail.settings import GmailSettings

STAND_IN = "http://127.0.0.1:8790/google"


def test_scopes_are_asked_for_at_google_only_where_mail_is() -> None:
    assert GmailSettings().oauth == "https://oauth2.googleapis.com"
    assert GmailSettings(base_url=STAND_IN).oauth == STAND_IN
    own = GmailSettings(base_url=STAND_IN, oauth_base_url="https://tokens.example")
    assert own.oauth == "https://tokens.example"
