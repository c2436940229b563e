"""English text → as it is read aloud. Plain numbers and ordinals stay digits: the voices read them.

Pure.
"""

from __future__ import annotations

import re

from arion_voice.spoken_text.markup import EMAIL, URL
from arion_voice.spoken_text.rules import Rules

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SHORT_MONTH = "|".join(month[:3] for month in _MONTHS if month != "May") + "|Sept"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT_WEEKDAY = "|".join(day[:3] for day in _WEEKDAYS)
_UNITS = {
    "km/h": "kilometers per hour", "mph": "miles per hour", "km": "kilometers", "cm": "centimeters",
    "mm": "millimeters", "m": "meters", "m2": "square meters", "kg": "kilograms", "g": "grams",
    "mg": "milligrams", "ml": "milliliters", "mL": "milliliters", "L": "liters", "lb": "pounds",
    "lbs": "pounds", "ft": "feet", "°C": "degrees Celsius", "°F": "degrees Fahrenheit",
    "°": "degrees", "GB": "gigabytes", "MB": "megabytes", "KB": "kilobytes", "TB": "terabytes",
    "ms": "milliseconds", "min": "minutes", "mins": "minutes", "hr": "hours", "hrs": "hours",
    "h": "hours", "%": "percent",
}  # fmt: skip
_CURRENCIES = {
    "$": ("dollar", "cent"), "€": ("euro", "cent"), "£": ("pound", "penny"), "₩": ("won", ""),
    "¥": ("yen", ""),
}  # fmt: skip
_WORDS = {
    "approx.": "approximately", "asap": "as soon as possible", "dept.": "department",
    "dr.": "doctor", "e.g.": "for example", "etc.": "et cetera", "i.e.": "that is", "jr.": "junior",
    "mr.": "mister", "mrs.": "missus", "ms.": "miz", "ok": "okay", "prof.": "professor",
    "vs": "versus", "vs.": "versus", "w/": "with", "w/o": "without",
}  # fmt: skip
_PLURALS = {"penny": "pence", "won": "won", "yen": "yen"}
_MAGNITUDES = {"K": "thousand", "k": "thousand", "M": "million", "B": "billion"}
_FRACTIONS = {
    "1/2": "one half", "1/3": "one third", "2/3": "two thirds", "1/4": "one quarter",
    "3/4": "three quarters",
}  # fmt: skip
_CODES = {"USD": "US dollars", "KRW": "won", "EUR": "euros", "JPY": "yen", "GBP": "pounds"}
_FILES = (
    "pdf|docx?|xlsx?|pptx?|txt|md|csv|json|yaml|html|py|js|ts|zip|png|jpe?g|gif|mp3|mp4|wav|hwp"
)
_CLOCK = r"(?<![\d:])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
_HALF = r"(?:\s*(?P<half>[AaPp])\.?[Mm]\b\.?)?"
_TO = r"\s*[–—-]\s*"


def say_english(text: str) -> str:
    """Return `text`, cleaned by `markup.plain`, as it is said."""
    return _RULES.apply(text)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def _date(match: re.Match[str]) -> str:
    return f"{_MONTHS[int(match[2]) - 1]} {_ordinal(int(match[3]))}, {match[1]}"


def _short_date(match: re.Match[str]) -> str:
    month = next(month for month in _MONTHS if month.startswith(match[1][:3]))
    return f"{month} {_ordinal(int(match[2]))}"


def _slash_date(match: re.Match[str]) -> str:
    return f"{_MONTHS[int(match[1]) - 1]} {_ordinal(int(match[2]))}"


def _out_of(match: re.Match[str]) -> str:
    """Say 3/4 and 9/10; 24/7 is neither a fraction nor a score."""
    if float(match[1]) > int(match[2]):
        return f"{match[1]} {match[2]}"
    return _FRACTIONS.get(match[0], f"{match[1]} out of {match[2]}")


def _weekday(short: str) -> str:
    return next(day for day in _WEEKDAYS if day.startswith(short))


def _clock(match: re.Match[str]) -> str:
    """Say 15:05 as 3 oh 5 PM, 9:30 as 9 30; the half only where it is written or shown."""
    hour, minute = int(match["hour"]), int(match["minute"])
    half = match["half"].upper() + "M" if match["half"] else ""
    if not half and (hour == 0 or hour >= 12 or match["hour"].startswith("0")):
        half = "PM" if 12 <= hour < 24 else "AM"
    minutes = f"oh {minute}" if 0 < minute < 10 else str(minute or ("" if half else "o'clock"))
    return " ".join(part for part in (str(hour % 12 or 12), minutes, half) if part)


def _duration(match: re.Match[str]) -> str:
    hours, minutes = match[1], match[2]
    return f"{hours} {_plural('hour', hours)} {minutes} {_plural('minute', minutes)}"


def _money(match: re.Match[str]) -> str:
    whole, small = _CURRENCIES[match[1]]
    amount, cents = match[2], int(match[3] or 0)
    if match[4]:
        return f"{amount}{'.' + match[3] if match[3] else ''} {_MAGNITUDES[match[4]]} {whole}s"
    if amount == "0" and cents and small:
        return f"{cents} {_plural(small, str(cents))}"
    said = f"{amount} {_plural(whole, amount)}"
    return f"{said} and {cents} {_plural(small, str(cents))}" if cents and small else said


def _plural(word: str, amount: str) -> str:
    return word if amount == "1" else _PLURALS.get(word, word + "s")


def _measured(match: re.Match[str]) -> str:
    unit = _UNITS[match["unit"]]
    minus = "minus " if match["sign"] else ""
    if match["number"] == "1":
        unit = unit.replace("feet", "foot").removesuffix("s")
    return f"{minus}{match['number']} {unit}"


def _address(match: re.Match[str]) -> str:
    """Say a link by its host, and a mail address whole: it decides who gets the mail."""
    host, slash, _ = match[1].partition("/")
    host = re.sub(r"\d+", lambda number: " " + " ".join(number[0]), host)
    said = host.replace("@", " at ").replace(".", " dot ").replace("_", " ").replace("-", " ")
    return f"a link to {said}" if slash else said


def _digits(match: re.Match[str]) -> str:
    return ", ".join(" ".join(group) for group in re.findall(r"\d+", match[0]))


_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_WORD = "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))

_RULES = Rules(
    (rf"{URL}([^{URL}]*){URL}", _address),
    (rf"{EMAIL}([^{EMAIL}]*){EMAIL}", _address),
    (f"[{URL}{EMAIL}]", " "),
    (
        r"(?<!\d)(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?",
        r"\1 at \2",
    ),
    (r"(?<!\d)(\d{4})[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])(?!\d)", _date),
    (r"(?<![\d/.])(1[0-2]|0?[1-9])/(3[01]|2\d|1[3-9])(?![\d/])", _slash_date),
    (
        rf"\b((?:[Oo]n|[Bb]y|[Uu]ntil|[Ff]rom|[Ss]ince|[Dd]ue|[Tt]o|{'|'.join(_WEEKDAYS)}|"
        rf"{_SHORT_WEEKDAY}),?\s)(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])(?![\d/])",
        lambda match: f"{match[1]}{_MONTHS[int(match[2]) - 1]} {_ordinal(int(match[3]))}",
    ),
    (r"(?<![\d/])(\d{1,3}(?:\.\d)?)/(\d{1,3})(?![\d/])", _out_of),
    (r"(?<=\w)/(month|year|week|day|night|hour|person|mo|yr)\b", r" per \1"),
    (r"(?<![A-Za-z])C\+\+", "C plus plus"),
    (r"(?<![A-Za-z])C#", "C sharp"),
    (
        rf"\b({_SHORT_MONTH}|{'|'.join(_MONTHS)})\.? (\d\d?){_TO}(\d\d?)(?![\d:])",
        lambda match: f"{match[1]} {match[2]} to {_ordinal(int(match[3]))}",
    ),
    (rf"\b({_SHORT_MONTH}|May)\.? (\d\d?)(?!\d|:|st|nd|rd|th)\b", _short_date),
    (rf"\b({'|'.join(_MONTHS)}) (\d\d?)(?!\d|:|st|nd|rd|th)\b", _short_date),
    (
        rf"\b({_SHORT_WEEKDAY}){_TO}({_SHORT_WEEKDAY})\b",
        lambda match: f"{_weekday(match[1])} to {_weekday(match[2])}",
    ),
    (rf"\b({_SHORT_WEEKDAY})(?=[.,)]|\s\d|\s[A-Z])\.?", lambda match: _weekday(match[1])),
    (r"\b(\d+)\s?h(?:rs?)?\s?(\d+)\s?m(?:in|ins)?\b", _duration),
    (r"\b1:1\b", "one on one"),
    (rf"(:\d\d(?:\s*[AaPp]\.?[Mm]\.?)?){_TO}(?=\d?\d:\d\d)", r"\1 to "),
    (rf"(?<=\d){_TO}(?=\d\d?\s*[AaPp]\.?[Mm]\b)", " to "),
    (_CLOCK + _HALF, _clock),
    (r"(?<=\d)\s*([AaPp])\.?[Mm]\b\.?(?=\s*\S)", lambda match: f" {match[1].upper()}M"),
    (r"(?<=\d)\s*([AaPp])[Mm]\b", lambda match: f" {match[1].upper()}M"),
    (r"(?<=\d)\s*([AaPp])\.[Mm]\.", lambda match: f" {match[1].upper()}M."),
    (r"(?:\+\d{1,3}[- ]?)?\(?\b\d{2,4}[-. )]{1,2}\d{3,4}[-. ]\d{4}(?!\d)", _digits),
    (rf"(?<=[AP]M){_TO}(?=\d)", " to "),
    (rf"(?<=%){_TO}(?=\d)", " to "),
    (rf"([$€£₩¥])(\d[\d,]*){_TO}(?=\d)", r"\2 to \1"),
    (r"(?<![\d:])(\d{1,2}):(\d{1,2})(?![\d:])", r"\1 to \2"),
    (r"([$€£₩¥])\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d\d?))?(?![\d.]*\d)(?:([KkMB])\b)?", _money),
    (rf"(?<=\d)\s?({'|'.join(_CODES)})\b", lambda match: " " + _CODES[match[1]]),
    (rf"\b({'|'.join(_CODES)})\s?(\d[\d,.]*\d|\d)", lambda match: f"{match[2]} {_CODES[match[1]]}"),
    (rf"(?<=\d){_TO}(?=\d+\s?(?:{_UNIT})(?![\w°]))", " to "),
    (
        rf"(?P<sign>(?<!\S)[-−])?(?<![\d,])(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>{_UNIT})(?![\w°])",
        _measured,
    ),
    (rf"(?<=\w)\.({_FILES})\b", lambda match: f" dot {match[1].upper()}"),
    (r"(?<=\d)\s*×\s*(?=\d)", " times "),
    (r"(?<=\d)\s*÷\s*(?=\d)", " divided by "),
    (r"(?<![\d.,-])(\d{1,4})[–-](\d{1,4})(?=\s+[a-z]|[.,]?$)", r"\1 to \2"),
    (r"#(?=\d)", "number "),
    (r"\b[vV](?=\d+\.\d)", "version "),
    (rf"(?i)(?<!\w)({_WORD})(?!\w)", lambda match: _WORDS[match[1].lower()]),
    (r"\s*&\s*", " and "),
    (r"(?<=\w)\s*\+\s*(?=\w)", " plus "),
    (r"\s*=\s*", " equals "),
    (r"(?<=\w)\s*(?:[·;|→⇒]|\s[-–—]|[–—](?=\s)|\()\s*(?=\w)", ", "),
    (r"\)(?=\s*\w)", ","),
    (r"""[#@^<>\\()\[\]{}|*=_~·→⇒+°–—"]""", " "),
    (r"(?<=\w)/(?=\w)", " "),
    (r"\s+(?=[.,!?:;])", ""),
    (r"^[\s,.:;!?]+|[\s,:;]+$", ""),
    (r"\s{2,}", " "),
)
