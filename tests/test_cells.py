"""Lengths and numbers as people write them; what could be two things is refused in words."""

import pytest

from songstory.sources import cells

WRITTEN = {
    "3:45": 225_000, "03:45": 225_000, "1:02:03": 3_723_000, "00:03:45": 225_000, "3:45.5": 225_500, "0:03:45.000": 225_000, "3:45 min": 225_000,
    "PT3M45S": 225_000, "PT225S": 225_000, "PT1H2M3S": 3_723_000, "PT3M45.5S": 225_500, "P0DT0H3M45S": 225_000,
    "3m45s": 225_000, "3m 45s": 225_000, "3 min 45": 225_000, "3 min 45 s": 225_000, "3 min": 180_000, "3 Min. 45 Sek.": 225_000, "3.5 min": 210_000,
    "3 minutes 45 seconds": 225_000, "3 minutes and 45 seconds": 225_000, "1 h 2 min": 3_720_000, "225 s": 225_000, "225 sec": 225_000,
    "225000 ms": 225_000, "3'45\"": 225_000, "3′45″": 225_000, "3’45”": 225_000, "3'45''": 225_000, "2'07": 127_000, "3'45": 225_000, "4分07秒": 247_000, "(4:07)": 247_000, "225": 225_000, "225.4": 225_400,
    "225,4": 225_400, "225400": 225_400, "225400.0": 225_400, "0": 0,
}  # fmt: skip


@pytest.mark.parametrize(("cell", "expected"), WRITTEN.items())
def test_a_length_says_its_units_or_can_only_be_one(cell: str, expected: int) -> None:
    assert cells.milliseconds(cell) == expected


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [("9500", "ms", 9_500), ("225400", "ms", 225_400), ("3:45", "ms", 225_000), ("225", "s", 225_000), ("3", "s", 3_000), ("4", "min", 240_000),
     ("9500", "s", 9_500_000), ("247,100", "ms", 247_100), ("247.100", "ms", 247_100), ("1.247.100", "ms", 1_247_100)],
)  # fmt: skip
def test_the_column_gives_a_bare_number_its_unit(cell: str, unit: str, expected: int) -> None:
    assert cells.milliseconds(cell, unit) == expected


@pytest.mark.parametrize("cell", ["1:75", "1:75:00", "3.45", "3,45", "0.0026", "9500", "12600", "3", "12", "3 min 75", "abc", "", "3'5", "3:45:", "4:07:00", "(4:07", "PT", "-3:45",
                                  "1e9", "99:99", "25:00:00", "999999999999", "3 45"])  # fmt: skip
def test_what_could_be_two_lengths_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="expected a length such as 3:45"):
        cells.milliseconds(cell)


@pytest.mark.parametrize(("cell", "unit"), [("3.45", "min"), ("0.0026", "s"), ("999999999", "s"), ("225400", "s")])
def test_a_unit_does_not_make_sense_of_everything(cell: str, unit: str) -> None:
    with pytest.raises(ValueError, match="expected a length"):
        cells.milliseconds(cell, unit)


def test_what_the_column_shows_decides_on_parts_of_days_and_of_minutes() -> None:
    assert cells.milliseconds("0.0026041667", fractions=True) == 225_000
    assert cells.milliseconds("0.00260416666666666652", fractions=True) == 225_000
    assert cells.milliseconds("3.75", "min", decimals=True) == 225_000
    with pytest.raises(ValueError, match="expected a length"):
        cells.milliseconds("0.156944", fractions=True)  # 3:46 hours, or minutes that were typed as hours


HEADERS = {
    "Länge (ms)": "ms", "duration_ms": "ms", "durationMs": "ms", "Duration (s)": "s", "length_sec": "s", "Dauer [s]": "s", "mins": "min",
    "Length (minutes)": "min", "Dauer in Sekunden": "s", "Length": "", "min:sec": "", "Track's length": "", "Songs": "",
}  # fmt: skip


@pytest.mark.parametrize(("header", "unit"), HEADERS.items())
def test_a_header_names_its_unit(header: str, unit: str) -> None:
    assert cells.unit_of(header) == unit


def test_a_header_says_that_it_holds_lengths() -> None:
    assert cells.is_time("Track length") and cells.is_time("Länge") and not cells.is_time("Number")
