"""The header of a sheet is found below its titles, its columns have names of their own, and two tables in a sheet are told apart."""

from pathlib import Path

import pytest

from songstory.errors import BadRecord, ConfigError
from songstory.sources import headers, looks, sheets
from songstory.sources.looks import Asked, Several

ROWS = "Night Bus,Ana Okafor,Ben Quill\nLow Tide,Ana Okafor,Cara Lind\n"


def looked(tmp_path: Path, text: str, **asked: object) -> looks.Look:
    path = tmp_path / "t.csv"
    path.write_text(text)
    return looks.look(path, Asked(**asked))  # type: ignore[arg-type]


def read(tmp_path: Path, look: looks.Look) -> list[dict[str, object]]:
    found = list(sheets.rows(tmp_path / "t.csv", look.layout))
    assert not [f for f in found if isinstance(f, BadRecord)], found
    return [row for _, row in found]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("above", "row"),
    [
        ("", 1),
        ("Catalogue 2024,,\n", 2),
        ("Catalogue 2024,,\nas of May,,\n", 3),
        ("Catalogue 2024,,\n,,\n\n", 4),
        ("The songs; and more; of us; all\n", 2),
        ("Song data,,Credits\n", 2),
        ("Prepared by,Ana,\n\n", 3),
    ],
)
def test_title_rows_above_the_header_are_passed_over(tmp_path: Path, above: str, row: int) -> None:
    look = looked(tmp_path, f"{above}Song,Artist,Writers\n{ROWS}")
    assert look.layout.header_row == row and look.names == ["Song", "Artist", "Writers"]
    assert [t.name for t in look.mapping.values()] == ["title", "artist", "writer"]
    assert [r["Song"] for r in read(tmp_path, look)] == ["Night Bus", "Low Tide"]
    assert bool(look.remarks) == (row > 1)


def test_a_header_that_nobody_knows_is_the_first_row_below_the_titles_or_the_one_that_is_named(tmp_path: Path) -> None:
    text = f"Catalogue,,\n\nWas,Wer,Womit\n{ROWS}"
    assert looked(tmp_path, text).names == ["Was", "Wer", "Womit"]
    assert looked(tmp_path, text, columns=("Wer",)).layout.header_row == 3
    assert looked(tmp_path, text, header_row=4).names == ["Night Bus", "Ana Okafor", "Ben Quill"]


def test_a_row_of_the_table_that_reads_like_a_header_is_no_header(tmp_path: Path) -> None:
    look = looked(tmp_path, "Song,Artist\nTitle,Artist\nLow Tide,Ana\n")
    assert look.layout.header_row == 1 and len(read(tmp_path, look)) == 2


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "", ""], ["a", "", ""]),
        (["Name", "Name", "Name"], ["Name", "Name (2)", "Name (3)"]),
        (["Name", "Name", "Name (2)"], ["Name", "Name (3)", "Name (2)"]),
        ([" a\nb ", None, 3], ["a b", "", "3"]),
    ],
)
def test_every_column_has_a_name_of_its_own_or_none(names: list[object], called: list[str]) -> None:
    assert headers.columns(names) == called


def test_nameless_columns_are_not_read_and_a_second_name_is_said(tmp_path: Path) -> None:
    look = looked(tmp_path, "Song,Artist,Note,Note,,\nNight Bus,Ana,x,y,,\nLow Tide,Ana,,,z,\nShort,Ana,,\n")
    assert look.names == ["Song", "Artist", "Note", "Note (2)"]
    assert [list(r.values()) for r in read(tmp_path, look)] == [["Night Bus", "Ana", "x", "y"], ["Low Tide", "Ana", "", ""], ["Short", "Ana", "", ""]]
    assert "'Note (2)'" in look.remarks[0] and "2 columns without a name" in look.remarks[1]


TWO = f"Song,Artist,Writers\n{ROWS}\nSecond list,,\nTitle,Performer,Label\nBlue Hour,Ida Berg,Harbour\n"


def test_two_tables_in_a_sheet_are_asked_about(tmp_path: Path) -> None:
    with pytest.raises(Several, match=r"2 tables.*row 1.*row 6.*--table 1"):
        looked(tmp_path, TWO)
    assert [r["Song"] for r in read(tmp_path, looked(tmp_path, TWO, table="1"))] == ["Night Bus", "Low Tide"]
    second = looked(tmp_path, TWO, table="2")
    assert read(tmp_path, second) == [{"Title": "Blue Hour", "Performer": "Ida Berg", "Label": "Harbour"}]
    assert looked(tmp_path, TWO, header_row=6).layout.last_row == 0 and looked(tmp_path, TWO, header_row=1).layout.last_row == 3
    with pytest.raises(ConfigError, match="no table '3'"):
        looked(tmp_path, TWO, table="3")


@pytest.mark.parametrize("text", [f"Song,Artist,Writers\n{ROWS}\n{ROWS}", f"Song,Artist,Writers\n{ROWS}\n,,\nTotal,,\n", f"Song,Artist,Writers\n\n{ROWS}"])
def test_blank_rows_alone_make_no_second_table(tmp_path: Path, text: str) -> None:
    assert looked(tmp_path, text).layout.last_row == 0


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_between_cells_is_told_by_all_lines(tmp_path: Path, sign: str) -> None:
    lines = ["Songs, artists, writers, labels, and more", "Song?Artist?Writers", 'Night Bus?"A, B, C and D"?E', "Low Tide?F?G"]
    assert looked(tmp_path, "\n".join(lines).replace("?", sign)).names == ["Song", "Artist", "Writers"]


def test_a_line_that_names_the_sign_is_no_row(tmp_path: Path) -> None:
    look = looked(tmp_path, "sep=;\nSong;Artist\nA, B, C, D;E\n")
    assert look.names == ["Song", "Artist"] and read(tmp_path, look)[0]["Song"] == "A, B, C, D"


def test_an_empty_sheet_has_no_table(tmp_path: Path) -> None:
    assert looked(tmp_path, "").names == [] and looked(tmp_path, "\n,,\n").names == []
