"""Dates and numbers as people write them."""

import pytest

from songstory.grounding.amounts import iso_date, number_at, number_kind
from songstory.grounding.text import split


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("26 July 1986", "1986-07-26"),
        ("July 26, 1986", "1986-07-26"),
        ("26th July 1986", "1986-07-26"),
        ("the 26th of July 1986", "1986-07-26"),
        ("July 26th, 1986", "1986-07-26"),
        ("26 Jul 1986", "1986-07-26"),
        ("July 1986", "1986-07"),
        ("1986", "1986"),
        ("1986-07-26", "1986-07-26"),
        ("1980s", "decade:1980s"),
        ("July", ""),
        ("46 July 1986", ""),
        ("26 1986", ""),
    ],
)
def test_a_written_date_is_one_iso_date(text: str, iso: str) -> None:
    assert iso_date([w.norm for w in split(text) if w.norm not in {"the"}]) == iso


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two million", 2e6),
        ("2.5 million", 2.5e6),
        ("half a million", 5e5),
        ("two and a half million", 2.5e6),
        ("1,039,000", 1039000),
        ("twenty-three", 23),
        ("12th", 12),
        ("three hundred", 300),
        ("a hundred", 100),
    ],
)
def test_a_written_number_is_one_value(text: str, value: float) -> None:
    found = number_at(split(text), 0)
    assert found is not None and found[0] == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("number 7", "position"),
        ("No. 7", "position"),
        ("7 weeks at number one", "weeks"),
        ("7 weeks on the chart", "weeks_total"),
        ("7 beats", "bpm"),
        ("7 copies", "copies"),
        ("7 days", "days"),
        ("7 cats", "plain"),
    ],
)
def test_a_number_counts_something(text: str, kind: str) -> None:
    words = split(text)
    at = next(i for i, w in enumerate(words) if w.norm == "7")
    assert number_kind(words, at, at + 1)[0] == kind
