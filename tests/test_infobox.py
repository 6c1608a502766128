"""Plain evidence as tables: spans, counts and ages that an infobox bears out or contradicts."""

import pytest

from songstory.grounding import infobox, quantities
from songstory.grounding.text import split

BOX = [
    "Ann | Born | March 1, 1950 (age 69) London, England",
    "Ann | Years active | 1970-1982; 1990-present",
    "Ann | Genres | Soul; jazz; folk rock",
    "Ann | Labels | Blue Door",
]
RECORD = [
    "Tide | Released | 14 April 1980",
    "Tide | Recorded | January - February 1980",
    "Tide | Length | 37 : 35",
    "Tide | Producer | Bo; Cy",
]


def weigh(claim: str, box: list[str]) -> tuple[int, int]:
    tally = quantities.weigh(split(claim), infobox.read(box))
    return tally.good, tally.bad


@pytest.mark.parametrize(
    ("claim", "box"),
    [
        ("Ann has been active since 1970.", BOX),
        ("Ann started out in the 1970s.", BOX),
        ("Ann has three genres.", BOX),
        ("Ann was 20 years old when she began performing.", BOX),
        ("Ann was born in March.", BOX),
        ("Tide was released in 1980.", RECORD),
        ("Tide is over 30 minutes long.", RECORD),
        ("Tide is shorter than an hour.", RECORD),
        ("Tide had two producers.", RECORD),
        ("Tide was recorded in January.", RECORD),
    ],
)
def test_borne_out(claim: str, box: list[str]) -> None:
    good, bad = weigh(claim, box)
    assert good and not bad


@pytest.mark.parametrize(
    ("claim", "box"),
    [
        ("Ann has been active since 1975.", BOX),
        ("Ann started out in the 1960s.", BOX),
        ("Ann has five genres.", BOX),
        ("Ann has been on multiple labels.", BOX),
        ("Ann was 29 years old when she began performing.", BOX),
        ("Ann has been active continuously since 1970.", BOX),
        ("Tide was released in 1981.", RECORD),
        ("Tide is over 50 minutes long.", RECORD),
        ("Tide had three producers.", RECORD),
        ("Tide was recorded in May.", RECORD),
    ],
)
def test_contradicted(claim: str, box: list[str]) -> None:
    assert weigh(claim, box)[1]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("1970-1982; 1990-present", [(1970, 1982), (1990, 1990)]),
        ("2011-12", [(2011, 2012)]),
        ("May-October 2013", [(2013, 2013)]),
        ("none", []),
    ],
)
def test_spans_are_read_as_written(text: str, years: list[tuple[int, int]]) -> None:
    assert [(s.start.year, s.end.year) for s in infobox.spans(text)] == years
