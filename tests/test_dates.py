"""Dates as people write them: what is flat is read, what is less exact is kept as what it is, what may be two things is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songstory import edtf, values
from songstory.sources import dates

FLAT = {
    "1986": "1986", "1986.0": "1986", "1986-04": "1986-04", "1986-04-21": "1986-04-21", "1986-04-21T00:00:00Z": "1986-04-21",
    "1986-04-21 00:00:00": "1986-04-21", "1986-04-21T10:11:12.345+02:00": "1986-04-21", "21/04/1986 10:30 PM": "1986-04-21",
    "1986-04-00": "1986-04", "1986-00-00": "1986", "1986-??-??": "1986", "1986-04-XX": "1986-04",
    "July 1, 1982": "1982-07-01", "1 July 1982": "1982-07-01", "1st July 1982": "1982-07-01", "the 1st of July, 1982": "1982-07-01",
    "JULY 1ST 1982": "1982-07-01", "Jul. 1, 1982": "1982-07-01", "1-Jul-1982": "1982-07-01", "1982 July 1": "1982-07-01",
    "01 Jul 1982": "1982-07-01", "Thursday, July 1, 1982": "1982-07-01", "Thu 1 Jul 1982": "1982-07-01", "July 1982": "1982-07",
    "July, 1982": "1982-07", "Oct. 1969": "1969-10", "Sept 1969": "1969-09", "1969 Oct": "1969-10", "12-Mar-98": "1998-03-12",
    "Jul-82": "1982-07", "July '69": "1969-07",
    "26. September 1969": "1969-09-26", "26. Sept. 1969": "1969-09-26", "am 26. September 1969": "1969-09-26",
    "Freitag, 26. September 1969": "1969-09-26", "3. März 1969": "1969-03-03", "Jänner 1969": "1969-01", "Fr, 26.09.1969": "1969-09-26",
    "1er juillet 1982": "1982-07-01", "le 1er juillet 1982": "1982-07-01", "2 févr. 1982": "1982-02-02", "août 1969": "1969-08",
    "(1974)": "1974", "℗ 1974": "1974", "(P) 1974": "1974", "déc. 1969": "1969-12", "1 de julio de 1982": "1982-07-01", "1º de julio de 1982": "1982-07-01", "septiembre de 1969": "1969-09",
    "1° luglio 1982": "1982-07-01", "giugno 1969": "1969-06", "1 de março de 1969": "1969-03-01", "outubro 1969": "1969-10",
    "1 maart 1969": "1969-03-01", "mei 1969": "1969-05", "den 5. Mai 1969": "1969-05-05",
    "1982年7月1日": "1982-07-01", "1982年7月": "1982-07", "1982年": "1982", "１９８２年７月１日(木)": "1982-07-01", "1982년 7월 1일": "1982-07-01",
    "20240501": "2024-05-01", "1999-3-2": "1999-03-02", "1999/03/02": "1999-03-02", "1999.03.02": "1999-03-02", "1999 / 3 / 2": "1999-03-02", "1999/3": "1999-03",
    "07/1982": "1982-07", "7.1982": "1982-07", "12.11.2021": "2021-11-12", "1. 7. 1982": "1982-07-01", "25/12/2021": "2021-12-25",
    "12/25/2021": "2021-12-25", "25-12-2021": "2021-12-25", "05/05/2021": "2021-05-05", "25/12/98": "1998-12-25", "00/07/1982": "1982-07",
}  # fmt: skip


@pytest.mark.parametrize(("cell", "value"), FLAT.items())
def test_every_unambiguous_form_of_a_flat_date_is_read(cell: str, value: str) -> None:
    assert dates.read(cell).value == value and dates.read(cell).precision in {"year", "month", "day"}


LESS = {
    "c. 1969": "1969~", "c.1969": "1969~", "c1969": "1969~", "ca. 1969": "1969~", "circa 1969": "1969~", "about July 1969": "1969-07~",
    "around 1969": "1969~", "um 1969": "1969~", "vers 1969": "1969~", "~1969": "1969~", "1969 (approx.)": "1969~", "1969 ca.": "1969~",
    "hacia 1969": "1969~", "c. 1969?": "1969~", "late 1969": "1969~", "Ende 1969": "1969~", "mid-1969": "1969~", "Anfang Juli 1969": "1969-07~",
    "1970s": "197X", "the 1970s": "197X", "1970's": "197X", "the 70s": "197X", "'70s": "197X", "the seventies": "197X", "70er": "197X",
    "1970er Jahre": "197X", "die 70er Jahre": "197X", "années 1970": "197X", "les années 70": "197X", "anni '70": "197X",
    "años 70": "197X", "jaren 70": "197X", "early 1970s": "197X", "late seventies": "197X", "c. 1970s": "197X", "2000s": "200X",
    "1970年代": "197X", "siebziger Jahre": "197X", "die Siebziger": "197X", "mid-1970s": "197X", "Anfang der 70er Jahre": "197X",
    "1969-1970": "1969/1970", "1969–70": "1969/1970", "1969-70": "1969/1970", "1969/70": "1969/1970", "1999–00": "1999/2000", "1960s–70s": "1960/1979", "the 1960s and 1970s": "1960/1979", "1969 to 1970": "1969/1970",
    "from 1969 to 1970": "1969/1970", "between 1969 and 1970": "1969/1970", "zwischen 1969 und 1970": "1969/1970", "de 1969 à 1970": "1969/1970",
    "1969 bis 1970": "1969/1970", "1969 — 1971": "1969/1971", "1969 and 1970": "1969/1970", "2008–09": "2008/2009", "1969/1970": "1969/1970",
    "June–July 1969": "1969-06/1969-07", "June and July 1969": "1969-06/1969-07", "Dec 1969 – Jan 1970": "1969-12/1970-01",
    "29–31 May 1969": "1969-05-29/1969-05-31", "29.–31. Mai 1969": "1969-05-29/1969-05-31", "May 29-31, 1969": "1969-05-29/1969-05-31",
    "30 May – 2 June 1969": "1969-05-30/1969-06-02", "12.-14.11.2021": "2021-11-12/2021-11-14", "29.5.–31.5.1969": "1969-05-29/1969-05-31",
    "1969-07-01 - 1969-07-05": "1969-07-01/1969-07-05", "1969-07-01/1969-07-05": "1969-07-01/1969-07-05", "06/1969–07/1969": "1969-06/1969-07",
    "1969 or 1970": "[1969,1970]", "1969 oder 1970": "[1969,1970]", "1970 or 1969": "[1969,1970]", "July or August 1969": "[1969-07,1969-08]",
    "1969?": "1969?", "1969 (?)": "1969?", "probably 1969": "1969?", "vermutlich Juli 1969": "1969-07?", "[1969]": "1969?", "1969–70?": "1969/1970",
    "Spring 1969": "1969-21", "summer of 1969": "1969-22", "Summer of '69": "1969-22", "Herbst 1977": "1977-23", "im Herbst 1977": "1977-23", "Winter 1969/70": "1969-24",
    "automne 1974": "1974-23", "à l'automne 1974": "1974-23", "circa il 1974": "1974~", "197?": "197X",
    "printemps 1969": "1969-21", "verano de 1969": "1969-22", "1969 Fall": "1969-23", "été 1969": "1969-22",
    "20th century": "19XX", "the 19th century": "18XX", "20. Jahrhundert": "19XX", "XXe siècle": "19XX", "siglo XX": "19XX",
    "before 1969": "../1969", "vor 1969": "../1969", "pre-1969": "../1969", "<1969": "../1969", "by July 1969": "../1969-07", "avant 1969": "../1969",
    "1969 or earlier": "../1969", "after 1969": "1969/..", "since 1969": "1969/..", "nach 1969": "1969/..", "1969-": "1969/..",
    "1969–present": "1969/..", "1969 onwards": "1969/..", ">1969": "1969/..", "197X": "197X", "1969~": "1969~", "../1969": "../1969",
}  # fmt: skip


@pytest.mark.parametrize(("cell", "value"), LESS.items())
def test_what_is_no_flat_date_is_kept_as_what_it_is(cell: str, value: str) -> None:
    found = dates.read(cell)
    assert found.value == value and found.precision not in {"year", "month", "day"}


NONE = [
    "", "soon", "n.d.", "1966-02-31", "31 June 1969", "30.02.1969", "1969-13", "1969-13-01", "13/13/2021", "0044 BC", "44 BC", "9999", "0999",
    "9999-01-01", "2300", "69", "'69", "70", "the 20s", "20s", "the 1900s", "5 May 21", "05/05/21", "03/04/30", "Mar-05", "2008/09", "1969–00", "July 1", "July",
    "12", "29–31 May", "1970–1969", "1987-Q3", "31778", "196907", "January and July 1969", "1969, 1971", "1969 and 1971", "v. Chr. 50", "1969 x",
    "July 1969 July", "1969 or 1969", "© 1969", "1969-7-1-2", "昭和57年", "1" * 200, "1969" + " " * 200 + "x", "٢٠٢١", "tomorrow", "1969-02-30/1969-03-01",
]  # fmt: skip


@pytest.mark.parametrize("cell", NONE)
def test_nonsense_and_what_may_be_two_things_is_refused_in_words(cell: str) -> None:
    with pytest.raises(ValueError, match=r"expected .*found"):
        dates.read(cell)


@pytest.mark.parametrize("cell", ["05/11/2021", "5-11-2021", "05/11/98", "05/11/2021 – 07/11/2021"])
def test_a_day_and_a_month_that_may_change_places_ask_for_the_order(cell: str) -> None:
    with pytest.raises(dates.Undecided, match="--dates day-first or month-first"):
        dates.read(cell)
    assert dates.read(cell, dates.DAY_FIRST).value[5:10] == "11-05" and dates.read(cell, dates.MONTH_FIRST).value[5:10] == "05-11"


@pytest.mark.parametrize(
    ("cell", "order"),
    [("25/12/2021", "day-first"), ("12/25/2021", "month-first"), ("05/11/2021", "open"), ("05/05/2021", ""), ("12.11.2021", ""), ("1986", ""),
     ("1986-04-21", ""), ("25/12/2021 – 01/01/2022", "day-first"), ("25/12/98", "day-first")],
)  # fmt: skip
def test_a_cell_shows_the_order_of_its_column_or_leaves_it_open(cell: str, order: str) -> None:
    assert dates.order_of(cell) == order


def test_the_days_of_spreadsheets_are_dates_only_where_the_column_says_so() -> None:
    assert dates.read("43774", serials=True).value == "2019-11-05" and dates.read("43774.5", serials=True).value == "2019-11-05"
    assert dates.read("1969", serials=True).value == "1969"
    assert dates.is_serial("43774") and not dates.is_serial("1969") and not dates.is_serial("99999")
    with pytest.raises(ValueError, match="expected a date"):
        dates.read("99999", serials=True)


def test_a_date_says_between_which_days_it_lies() -> None:
    assert dates.read("29–31 May 1969") == ("1969-05-29/1969-05-31", "range", "1969-05-29", "1969-05-31")
    assert dates.read("February 1968") == ("1968-02", "month", "1968-02-01", "1968-02-29")


WORDS = st.sampled_from("1969 1970 31 12 2 70s July Mai c. or – - / . , ? before [ ] 1982年 7月 late of Spring th T 10:00".split())


@given(cell=st.lists(WORDS, max_size=7).map(" ".join) | st.lists(WORDS, max_size=7).map("".join) | st.text(max_size=40))
def test_any_cell_is_a_date_that_the_border_takes_or_is_refused(cell: str) -> None:
    try:
        found = dates.read(cell, dates.DAY_FIRST, serials=True)
    except ValueError as error:
        assert "found" in str(error)
    else:
        assert edtf.read(found.value) == found and values.flat(found.value) == (found.precision in {"year", "month", "day"})
