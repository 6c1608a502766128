"""Workbooks of Excel: what their cells show, the sheet that is meant, and what is refused in one line."""

import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from songstory.errors import BadRecord, ConfigError, SongstoryError
from songstory.sources import layouts, looks, sheets, workbooks
from songstory.sources.looks import Asked

ROW = ["Night Bus", "Ana Okafor"]


def book(path: Path, rows: list[list[Any]], **sheets_more: list[list[Any]]) -> Path:
    made = openpyxl.Workbook()
    for number, (name, content) in enumerate({"Songs": rows, **sheets_more}.items()):
        sheet = made.active if number == 0 else made.create_sheet()
        sheet.title = name
        for row in content:
            sheet.append(row)
    made.save(path)
    return path


def read(path: Path, **asked: Any) -> list[Any]:
    return list(sheets.rows(path, looks.look(path, Asked(**asked)).layout))


def test_a_workbook_with_a_merged_title_is_read_like_a_table(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", [["Our catalogue"], [], ["Song", "Artist", None, None], ROW, [None, None]])
    made = openpyxl.load_workbook(path)
    made.active.merge_cells("A1:D1")
    made.save(path)
    look = looks.look(path)
    assert look.layout.header_row == 3 and {c: t.name for c, t in look.mapping.items()} == {"Song": "title", "Artist": "artist"}
    assert read(path) == [(4, {"Song": "Night Bus", "Artist": "Ana Okafor"})]


def test_what_stands_beside_a_table_is_left_and_said(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", [["Song", "Artist"], [*ROW, None, "ok"], ["Low Tide", "Ida"]])
    assert [r[1]["Song"] for r in read(path)] == ["Night Bus", "Low Tide"]
    assert looks.look(path).remarks == ("2 columns without a name in the header: not read",)


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (date(1986, 4, 21), "yyyy-mm-dd", "1986-04-21"),
        (date(1986, 4, 21), "dd/mm/yyyy", "1986-04-21"),
        (date(1986, 4, 21), "[$-409]d mmm yyyy;@", "1986-04-21"),
        (date(1986, 4, 1), "mmm yyyy", "1986-04"),
        (date(1986, 1, 1), "yyyy", "1986"),
        (datetime.fromisoformat("1986-04-21T12:30:00"), "yyyy-mm-dd hh:mm", "1986-04-21T12:30:00"),
        (datetime.fromisoformat("1986-04-21"), "yyyy-mm-dd hh:mm:ss", "1986-04-21"),
        (time(3, 45), "h:mm", "3:45"),
        (time(0, 3, 45), "mm:ss", "3:45"),
        (time(0, 3, 45), "h:mm:ss", "0:03:45"),
        (time(0, 3, 45, 500_000), "mm:ss.0", "3:45.50"),
        (timedelta(minutes=3, seconds=45), "[m]:ss", "3:45"),
        (timedelta(hours=1, minutes=2, seconds=3), "[h]:mm:ss", "1:02:03"),
        (timedelta(minutes=75), "[mm]:ss", "75:00"),
        (12, "General", 12),
        (12.0, "0.00", 12),
        (12.5, "0.00", 12.5),
        ("_x0041_b_x000D_", "General", "Ab\r"),
        (None, "General", None),
    ],
)
def test_a_cell_is_read_as_it_shows(tmp_path: Path, value: Any, number_format: str, shown: Any) -> None:
    made = openpyxl.Workbook()
    made.active.append(["Song", "Artist", "x"])
    made.active.append([*ROW, value])
    made.active["C2"].number_format = number_format
    made.save(tmp_path / "t.xlsx")
    ((_, row),) = read(tmp_path / "t.xlsx")
    assert row.get("x") == shown


def test_values_are_read_and_no_formulas_or_errors(tmp_path: Path) -> None:
    book(tmp_path / "t.xlsx", [["Song", "Artist", "x"], [*ROW, "=1+1"], [*ROW, "#REF!"]])
    assert [row.get("x") for _, row in read(tmp_path / "t.xlsx")] == [None, None]


def test_the_first_visible_sheet_is_read_or_the_one_that_is_named(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", [["hidden"]], First=[["Song", "Artist"], ROW], Second=[["Title", "Artist"], ["B", "C"]])
    made = openpyxl.load_workbook(path)
    made["Songs"].sheet_state = "hidden"
    made.save(path)
    assert looks.look(path).names == ["Song", "Artist"] and "'Second'" in looks.look(path).remarks[0]
    assert read(path, sheet="second") == [(2, {"Title": "B", "Artist": "C"})]
    with pytest.raises(ConfigError, match=r"no sheet 'Third'.*'First', 'Second'"):
        looks.look(path, Asked(sheet="Third"))


def test_two_tables_in_a_sheet_are_asked_about(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", [["Song", "Artist"], ROW, [], ["Title", "Performer"], ["B", "C"]])
    with pytest.raises(looks.Several, match="--table"):
        looks.look(path)
    assert read(path, table="2") == [(5, {"Title": "B", "Performer": "C"})]


# what is refused ----------------------------------------------------------------------------------------------------


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return path


def replaced(path: Path, part: str, change: Any) -> Path:
    with zipfile.ZipFile(book(path, [["Song", "Artist"], ROW])) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    return packed(path, {**parts, part: change(parts[part])})


SHEET = "xl/worksheets/sheet1.xml"
HOSTILE = {
    "bomb": (SHEET, lambda b: b.replace(b"<sheetData>", b"<sheetData>" + b" " * 80_000_000), "unpacks to more than"),
    "entities": (SHEET, lambda b: b'<!DOCTYPE x [<!ENTITY a "b">]>' + b, "entities, which are not read"),
    "utf-16": (SHEET, lambda b: b.decode().replace("utf-8", "utf-16").encode("utf-16"), "not read"),
    "cut": (SHEET, lambda b: b[: len(b) // 2], "damaged"),
    "far row": (SHEET, lambda b: b.replace(b'r="2"', b'r="99999999"'), "more than 1,048,576 rows"),
    "letters": (SHEET, lambda b: b.replace(b'"A2"', b'"ZZZZZZ2"'), "workbook: "),
    "no sheet": ("xl/workbook.xml", lambda b: b"<workbook/>", "no sheet"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_ends_with_a_word(tmp_path: Path, name: str) -> None:
    part, change, says = HOSTILE[name]
    path = replaced(tmp_path / "t.xlsx", part, change)
    try:
        found = [str(r) for r in sheets.rows(path) if isinstance(r, BadRecord)]
    except SongstoryError as error:
        found = [str(error)]
    assert found and says in found[-1] and "t.xlsx" in found[-1] and "\n" not in found[-1]


@pytest.mark.parametrize("width", [1, 200])
def test_far_cells_are_bounded(tmp_path: Path, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_CELLS", 150)
    path = book(tmp_path / "t.xlsx", [["Song", "Artist"], *[[*ROW, *["x"] * width]] * 3])
    assert any("the rest is left out" in str(r) for r in sheets.rows(path) if isinstance(r, BadRecord)) == (width > 1)


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel.*save or export it as .xlsx or CSV"),
        ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "with a password"),
        ("t.xlsx", b"PK\x03\x04 and no more", "cut or damaged"),
        ("t.ods", {"mimetype": b"x", "content.xml": b"<x/>"}, "LibreOffice .*save or export"),
        ("t.numbers", {"Index/Document.iwa": b""}, "Numbers document"),
        ("t.zip", {"Index/Document.iwa": b""}, "Numbers document"),
        ("t.xlsb", {"xl/workbook.bin": b""}, "binary workbook"),
        ("t.zip", {"a.txt": b""}, "unpack it"),
        ("t.xls", b"<html><body><table><tr><td>Song", "a web page.*save it as"),
        ("t.csv", b"<?xml version='1.0'?><a/>", "an XML document.*import ddex"),
        ("t.mp3", b"ID3\x04", "an audio file; import the tags of its folder"),
    ],
)
def test_what_is_not_read_is_named_with_the_way_out(tmp_path: Path, name: str, body: Any, says: str) -> None:
    if isinstance(body, dict):
        packed(tmp_path / name, body)
    else:
        (tmp_path / name).write_bytes(body)
    with pytest.raises(SongstoryError, match=f"{name}: .*{says}"):
        layouts.form(tmp_path / name)


def test_a_text_that_calls_itself_xls_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "t.xls").write_text("Song\tArtist\nA\tB\n")
    assert read(tmp_path / "t.xls") == [(2, {"Song": "A", "Artist": "B"})]


def test_json_is_json_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "1.listens").write_text('{"title": "A", "artist": "B"}\n' * 2)
    (tmp_path / "t.csv").write_text('[Untitled],{"x"\nA,B\n')
    assert layouts.form(tmp_path / "1.listens") == "json" and layouts.form(tmp_path / "t.csv") == "text"


def test_without_openpyxl_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "t.xlsx", [["Song", "Artist"], ROW])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ConfigError, match=r"songstory\[excel\]"):
        looks.look(path)
