from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from arion_voice.protocol import Hello, Interrupt, encode_event, json_schema

SCHEMA = Path(__file__).parents[2] / "clients" / "schema" / "voice.schema.json"


def test_the_committed_schema_is_what_the_protocol_generates() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema()


def test_the_schema_accepts_what_the_protocol_writes() -> None:
    schema = json_schema() | {"$ref": "#/$defs/ClientEvent"}
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for event in (Interrupt(), Hello(protocol="arion.voice.v1", codecs=("pcm16",))):
        validator.validate(json.loads(encode_event(event)))
    assert not validator.is_valid({"on": True})
