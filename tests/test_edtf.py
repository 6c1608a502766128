"""Dates of ISO 8601-2: flat ones may be told, the others are kept with the days between which they lie, and told by nobody."""

import pytest

from songstory import edtf, values

LESS = [
    ("1969~", "circa", "1969-01-01", "1969-12-31"),
    ("1969-07?", "uncertain", "1969-07-01", "1969-07-31"),
    ("197X", "decade", "1970-01-01", "1979-12-31"),
    ("19XX", "century", "1900-01-01", "1999-12-31"),
    ("1969/1970", "range", "1969-01-01", "1970-12-31"),
    ("1969-05-29/1969-05-31", "range", "1969-05-29", "1969-05-31"),
    ("[1969,1970]", "either", "1969-01-01", "1970-12-31"),
    ("1969-21", "season", "1969-03-01", "1969-06-21"),
    ("../1969", "before", "", "1969-12-31"),
    ("1969/..", "after", "1969-01-01", ""),
]


@pytest.mark.parametrize(("text", "precision", "earliest", "latest"), LESS)
def test_what_is_no_flat_date_says_between_which_days_it_lies(text: str, precision: str, earliest: str, latest: str) -> None:
    assert edtf.read(text) == (text, precision, earliest, latest)
    assert not edtf.flat(text) and not values.flat(text)
    values.check("recorded_on", text)


@pytest.mark.parametrize(("text", "precision"), [("1969", "year"), ("1969-07", "month"), ("1969-07-20", "day")])
def test_a_flat_date_is_as_precise_as_it_is_long(text: str, precision: str) -> None:
    found = edtf.read(text)
    assert found is not None and found.precision == precision and edtf.flat(text) and values.flat(text)


@pytest.mark.parametrize(
    "text",
    ["", "1966-02-31", "1969-13", "0000", "1969-25", "1970/1969", "../..", "[1969]", "[1970,1969]", "[1969,]", "~1969", "1969??",
     "19X9", "197X~", "00XX", "1969/", "1969/70", "1969 ", "１９６９"],
)  # fmt: skip
def test_other_forms_are_no_dates(text: str) -> None:
    assert edtf.read(text) is None and edtf.span(text) is None
    with pytest.raises(ValueError, match="expected a date"):
        values.check("recorded_on", text)


@pytest.mark.parametrize("text", ["202X", "../1858", "1969/..", "18XX"])
def test_a_date_of_which_some_day_lies_in_time_is_one(text: str) -> None:
    values.check("recorded_on", text)


@pytest.mark.parametrize("text", ["17XX", "../1850", "2090/..", "209X", "1450~"])
def test_a_date_of_which_no_day_lies_in_time_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="expected a date from 1857 to"):
        values.check("recorded_on", text)


def test_a_qualifier_takes_flat_dates_only() -> None:
    values.check_qualifiers("recorded_on", {"earliest": "1969-01-01", "latest": "2090-12-31"})
    for name in ("date", "begin", "earliest", "latest"):
        with pytest.raises(ValueError, match="expected a date"):
            values.check_qualifiers("recorded_on", {name: "197X"})


def test_only_dates_can_be_too_vague_to_be_told() -> None:
    assert values.exact("released", "1969") and values.exact("released", 1969) and values.exact("track_on", "197X")
    assert not values.exact("released", "197X")
