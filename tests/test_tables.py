"""House tables: any spreadsheet with a header goes in by a mapping or a guess; each bad row is one line."""

from pathlib import Path

import pytest

import songstory as ss
from songstory import importing
from songstory.errors import BadRecord, ConfigError, SourceError
from songstory.models import Source
from songstory.records import Recording
from songstory.sources import cells, sheets, tables
from songstory.store import Store, catalogue

DESK = Source(key="desk", name="desk", licence="house")
CSV = "Song,Act,Writers,UK peak,Weeks,Length\nNight Bus,Ana Okafor,Ben Quill; Cara Lind,3,12,3:45\n"
MAP = [
    "Song=title",
    "Act=artist",
    "Writers=writer",
    "UK peak=charted[chart=UK Singles Chart]",
    "Weeks=charted[chart=UK Singles Chart].weeks_total",
    "Length=length",
]


def read(
    tmp_path: Path, data: bytes | str, pairs: list[str] | None = None, name: str = "t.csv", encoding: str = "utf-8"
) -> list[Recording | BadRecord]:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(tables.parse(path, DESK, tables.mapping(pairs or ["Song=title", "Act=artist"]), encoding))


def test_a_row_says_what_its_mapping_says(tmp_path: Path) -> None:
    (found,) = read(tmp_path, CSV, MAP)
    assert isinstance(found, Recording) and found.length_ms == 225_000
    assert [(s.predicate, s.value, dict(s.qualifiers)) for s in found.statements] == [
        ("duration", 225, {}),
        ("writer", "Ben Quill", {}),
        ("writer", "Cara Lind", {}),
        ("charted", 3, {"chart": "UK Singles Chart", "weeks_total": 12}),
    ]


@pytest.mark.parametrize(
    "data",
    [
        CSV,
        CSV.replace(",", ";").replace("Quill; ", "Quill| "),
        CSV.replace(",", "\t"),
        "\ufeff" + CSV,
        CSV.encode("utf-16"),
        CSV.replace("\n", "\r\n"),
    ],
    ids=["comma", "semicolon", "tab", "bom", "utf-16", "crlf"],
)
def test_spreadsheets_write_csv_in_many_ways(tmp_path: Path, data: str | bytes) -> None:
    (found,) = read(tmp_path, data)
    assert isinstance(found, Recording) and found.title == "Night Bus"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("x,y", "row: expected 6 cells, found 2"),
        (",Ana,,,,", "title: expected the song's title"),
        ("Night,,,,,", "artist: expected the song's artist"),
        ("A\x00B,Ana,,,,", "Song: expected text, found a NUL byte"),
        ("Night,Ana,,high,,", "UK peak: expected a number, found 'high'"),
    ],
)
def test_a_bad_row_is_named_and_the_good_rest_goes_in(tmp_path: Path, row: str, says: str) -> None:
    found = read(tmp_path, CSV + row + "\nGood,Ana,,,,\n", MAP)
    bad = [str(f) for f in found if isinstance(f, BadRecord)]
    assert len(bad) == 1 and says in bad[0] and bad[0].startswith("t.csv:3: ")
    assert {"Night Bus", "Good"} <= {f.title for f in found if isinstance(f, Recording)}


def test_an_endless_line_is_one_bad_row(tmp_path: Path) -> None:
    endless = "x," * 5_000_000
    found = read(tmp_path, CSV + endless + "\nGood,Ana,,,,\n", MAP)
    assert [type(f) for f in found] == [Recording, BadRecord, Recording] and str(found[1]).startswith("t.csv:3: row:")


def test_a_cell_that_is_not_utf8_is_named_until_its_encoding_is(tmp_path: Path) -> None:
    data = "Song,Act\nCafé,Ana\n".encode("cp1252")
    assert "not UTF-8" in str(read(tmp_path, data)[0])
    (found,) = read(tmp_path, data, encoding="cp1252")
    assert isinstance(found, Recording) and found.title == "Café"


@pytest.mark.parametrize("pair", ["Song", "Song=", "Song=hummed", "Song=charted[mood=blue]", "Song=charted.mood"])
def test_a_mapping_that_is_wrong_says_what_is_allowed(pair: str) -> None:
    with pytest.raises(ConfigError, match="--map"):
        tables.mapping([pair])


def test_the_header_suggests_the_mapping_and_yes_or_no_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("Track Title,Artist Name,ISRC,Songwriters,BPM,Cover\nA,B,GBAHS1400099,C,96,1\n")
    guessed = tables.first_look(tmp_path / "g.csv")[2]
    assert {c: t.name for c, t in guessed.items()} == {
        "Track Title": "title", "Artist Name": "artist", "ISRC": "isrc", "Songwriters": "writer", "BPM": "tempo",
    }  # fmt: skip


def test_parquet_says_the_same(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"Song": ["Night Bus"], "Act": ["Ana"], "Writers": [["Ben", "Cara"]]}), tmp_path / "t.parquet")
    (found,) = tables.parse(tmp_path / "t.parquet", DESK, tables.mapping(["Song=title", "Act=artist", "Writers=writer"]))
    assert [s.value for s in found.statements] == ["Ben", "Cara"]  # type: ignore[union-attr]
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "t.parquet").read_bytes()[:40])
    assert "parquet:" in str(next(sheets.rows(tmp_path / "cut.parquet")))


def test_a_table_goes_into_the_store_once(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(CSV)
    columns = tables.mapping(MAP)
    assert importing.import_table(store, path, source="desk", columns=columns).added["fact"] == 4
    assert importing.import_table(store, path, source="desk", columns=columns).added == {}


def test_what_a_full_table_leaves_out_stops_standing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(CSV + "Low Tide,Ana Okafor,Ben Quill,9,2,3:00\n")
    columns = tables.mapping(MAP)
    importing.import_table(store, path, source="desk", columns=columns)
    path.write_text(CSV)
    assert importing.import_table(store, path, source="desk", columns=columns, full=True).retracted == 3
    (track,) = catalogue.list_tracks(store, search="Low Tide").items
    assert catalogue.facts_of(store, track.id) == []


def test_a_table_without_title_or_file_is_one_line(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ConfigError, match="title and artist"):
        importing.import_table(store, tmp_path / "x.csv", source="desk")
    with pytest.raises(SourceError, match="cannot read"):
        importing.import_table(store, tmp_path / "none.csv", source="desk")


@pytest.mark.parametrize(
    ("text", "expected"), [("3:45", 225), ("1:02:03", 3723), ("225", 225), ("225400", 225), ("225.4", 225), ("00:03:45", 225), ("0", 0)]
)
def test_lengths_are_read_as_people_write_them(text: str, expected: int) -> None:
    assert cells.seconds(text) == expected


@pytest.mark.parametrize("text", ["abc", "", "3.45", "0.156944", "3'45", "3:75", "-3:45", "३:४५", "1e9", "nan"])
def test_a_length_that_could_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a length such as 3:45"):
        cells.seconds(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("1,250,000", 1_250_000), ("1.250.000", 1_250_000), ("120,5", 120.5), ("98.0", 98), ("1,204.5", 1204.5)]
)
def test_numbers_are_read_as_spreadsheets_write_them(text: str, expected: float) -> None:
    assert cells.number(text) == expected


@pytest.mark.parametrize("text", ["12,5000", "1.250.000,00", "1.204,5", "140,", "²", "١٢٠", "1e5", "inf", "", "1,2,3", "-5"])
def test_a_number_that_could_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a number"):
        cells.number(text)


CELLS = [("date", "1987-Q3"), ("date", "31778"), ("date", "1987-02-31"), ("bpm", "fast"), ("peak", "0"), ("peak", "9999999"), ("weeks", "many"), ("length", "3.45"),
         ("isrc", "1.2345E+11"), ("mbid", "none-such"), ("when", "1987-13"), ("writer", "A" * 600), ("sold", "12,5000")]  # fmt: skip
COLUMNS = ("Song=title Act=artist date=recorded_on bpm=tempo peak=charted[chart=UK] weeks=charted[chart=UK].weeks length=length isrc=isrc mbid=mbid "
           "studio=recorded_at when=recorded_at.date writer=writer sold=sold").split()  # fmt: skip


@pytest.mark.parametrize(("column", "cell"), CELLS)
def test_a_bad_cell_is_one_line_with_file_row_and_column(store: Store, tmp_path: Path, column: str, cell: str) -> None:
    good = {
        "Song": "Night Bus",
        "Act": "Ana",
        "date": "1986",
        "bpm": "96",
        "peak": "3",
        "weeks": "2",
        "studio": "Harbour",
        "writer": "Ana Okafor",
    }
    row = {**good, "when": "1986-04", column: cell}
    (tmp_path / "t.csv").write_text(",".join(row) + "\n" + ",".join(f'"{v}"' for v in row.values()) + "\n")
    columns = tables.mapping([m for m in COLUMNS if m.split("=")[0] in row])
    done = importing.import_table(store, tmp_path / "t.csv", source="desk", columns=columns)
    assert len(done.rejected) == 1 and done.rejected[0].startswith(f"t.csv:2: {column}: ") and done.added["fact"] >= 4


def test_the_public_api_takes_a_file(store: Store, lines: Path) -> None:
    assert ss.import_file(store, lines).added["track"] == 2
