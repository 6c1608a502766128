"""House tables: any spreadsheet with a header goes in by a mapping or a guess; each bad row is one line."""

from pathlib import Path

import pytest

import songstory as ss
from songstory import importing
from songstory.errors import BadRecord, ConfigError, SourceError
from songstory.models import Source
from songstory.records import Recording
from songstory.sources import cells, column_names, looks, sheets, tables
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


@pytest.mark.parametrize("text", ["abc", "", "3.45", "0.156944", "3'5", "3:75", "-3:45", "३:४५", "1e9", "nan"])
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


CELLS = [("date", "1987-Q3"), ("date", "317780"), ("date", "1987-02-31"), ("bpm", "fast"), ("peak", "0"), ("peak", "9999999"), ("weeks", "many"), ("length", "3.45"),
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


# what people write --------------------------------------------------------------------------------------------------

HEAD = "Song,Act"
ROW = "Night Bus,Ana Okafor"


def one(tmp_path: Path, head: str, row: str, pairs: str) -> Recording:
    found = read(tmp_path, f"{HEAD},{head}\n{ROW},{row}\n", ["Song=title", "Act=artist", *pairs.split()])
    (record,) = [f for f in found if isinstance(f, Recording)]
    return record


def told(record: Recording, *predicates: str) -> list[object]:
    return [s.value for s in record.statements if s.predicate in predicates]


def bad(tmp_path: Path, head: str, row: str, pairs: str) -> list[str]:
    found = read(tmp_path, f"{HEAD},{head}\n{ROW},{row}\n", ["Song=title", "Act=artist", *pairs.split()])
    return [str(f) for f in found if isinstance(f, BadRecord)]


def test_a_date_that_is_no_flat_one_is_stated_with_its_bounds_and_dates_no_track(tmp_path: Path) -> None:
    found = one(tmp_path, "out", "the 1970s", "out=released")
    (said,) = found.statements
    assert (said.value, said.precision, found.released) == ("197X", "decade", "")
    assert said.qualifiers == {"earliest": "1970-01-01", "latest": "1979-12-31"}
    assert one(tmp_path, "out", '"July 1, 1982"', "out=released").released == "1982-07-01"


def dated(tmp_path: Path, *cells_: str, head: str = "out") -> list[object]:
    body = "".join(f"Song {n},Ana,{cell}\n" for n, cell in enumerate(cells_))
    found = read(tmp_path, f"{HEAD},{head}\n{body}", ["Song=title", "Act=artist", f"{head}=released"])
    return [v for f in found if isinstance(f, Recording) for v in told(f, "released")]


def test_the_cells_of_a_column_decide_the_order_of_day_and_month(tmp_path: Path) -> None:
    assert dated(tmp_path, "05/11/2021", "25/12/2021") == ["2021-11-05", "2021-12-25"]
    assert dated(tmp_path, "12/25/2021", "05/11/2021") == ["2021-12-25", "2021-05-11"]
    assert dated(tmp_path, "05/11/2021", "1986") == ["1986"]
    assert dated(tmp_path, "06/12/2021", head="Released (DD/MM/YYYY)") == ["2021-12-06"]
    assert dated(tmp_path, "06/12/2021", head="Release date (mm-dd-yy)") == ["2021-06-12"]


def test_numbers_are_days_of_a_spreadsheet_where_the_column_says_so(tmp_path: Path) -> None:
    assert dated(tmp_path, "43774", head="Release date") == ["2019-11-05"]
    assert dated(tmp_path, "43774", head="Release date (1904)") == []  # of an old Macintosh, whose days are others
    assert dated(tmp_path, "43774", "43775", "1986") == ["2019-11-05", "2019-11-06", "1986"]
    assert dated(tmp_path, "43774", "1986") == [] or dated(tmp_path, "43774", "1986") == ["1986"]
    assert dated(tmp_path, "43774", "123", head="Release date") == []


@pytest.mark.parametrize("data", ["05/11/2021", "05/11/2021\nB,Ana,25/12/2021\nC,Ana,12/25/2021"])
def test_an_order_that_the_column_does_not_show_is_asked(store: Store, tmp_path: Path, data: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"title,artist,Release date\nA,Ana,{data}\n")
    with pytest.raises(ConfigError, match=r"column Release date: in '05/11/2021' .*--dates day-first or --dates month-first"):
        importing.import_table(store, path, source="desk")
    with pytest.raises(ConfigError, match="expected day-first or month-first"):
        importing.import_table(store, path, source="desk", dates="dmy")
    importing.import_table(store, path, source="desk", dates="month-first")
    (track,) = catalogue.list_tracks(store, search="A").items[:1]
    assert "2021-05-11" in {t.first_release_date for t in catalogue.list_tracks(store).items} and track


def lengths(tmp_path: Path, head: str, *cells_: str) -> list[int | None]:
    body = "".join(f'Song {n},Ana,"{cell}"\n' for n, cell in enumerate(cells_))
    found = read(tmp_path, f"{HEAD},{head}\n{body}", ["Song=title", "Act=artist", f"{head}=length"])
    return [f.length_ms for f in found if isinstance(f, Recording)]


def test_header_and_column_give_lengths_their_unit(tmp_path: Path) -> None:
    assert lengths(tmp_path, "Länge (ms)", "9500", "225400") == [9_500, 225_400]
    assert lengths(tmp_path, "Length", "9500", "225400") == [9_500, 225_400]  # the second shows that the column is in milliseconds
    assert lengths(tmp_path, "Length", "9500") == [None]
    assert lengths(tmp_path, "Length", "225", "180", "12") == [225_000, 180_000, 12_000]
    assert lengths(tmp_path, "Length", "0.0026041667") == [225_000]
    assert lengths(tmp_path, "Length", "3:45:00", "4:10:00") == [None, None] and lengths(tmp_path, "Length", "1:02:03", "1:10:00") == [3_723_000, 4_200_000]
    assert lengths(tmp_path, "mins", "3.75", "3.45") == [225_000, 207_000]
    assert lengths(tmp_path, "mins", "3.45", "3.10") == [None, None]


@pytest.mark.parametrize("name", ["None", "?", "Null", "N/A", "NA", "Unknown", "TBC", "-"])
def test_a_title_and_an_artist_may_look_like_nothing(tmp_path: Path, name: str) -> None:
    (found,) = read(tmp_path, f"Song,Act,Writer\n{name},{name},{name}\n", ["Song=title", "Act=artist", "Writer=writer"])
    assert isinstance(found, Recording) and (found.title, found.artist_credit, found.statements) == (name, name, ())


def test_credits_have_roles_and_no_shares(tmp_path: Path) -> None:
    found = one(tmp_path, "by", '"Ines Okafor (lyrics, 50%), Jonas Brandt [50]"', "by=writer")
    assert [(s.predicate, s.value) for s in found.statements] == [("lyricist", "Ines Okafor"), ("writer", "Jonas Brandt")]
    assert "50" not in found.model_dump_json()
    (refused,) = bad(tmp_path, "by", '"Okafor, Zenobia 37.5%"', "by=writer")
    assert refused.startswith("t.csv:2: by: expected names parted by ;") and not any(c.isdecimal() for c in refused.partition("by:")[2])


def test_a_list_and_objects_with_a_name_are_read_and_others_refused(tmp_path: Path) -> None:
    pairs = ["title=title", "artists=artist", "writers=writer"]
    line = '{"title": "A", "artists": [{"id": "x1", "name": "Ines Okafor"}, {"name": "Earth, Wind & Fire"}], "writers": [{"name": "Ben & Co"}]}\n'
    (found,) = read(tmp_path, line, pairs, "t.jsonl")
    assert isinstance(found, Recording) and found.artist_credit == "Ines Okafor, Earth, Wind & Fire" and told(found, "writer") == ["Ben & Co"]
    record, refused = read(tmp_path, '{"title": "A", "artists": "Ana", "writers": [{"id": "x1"}]}\n', pairs, "t.jsonl")
    assert isinstance(record, Recording) and record.statements == () and "writers: expected text or a number, found" in str(refused)


def test_entities_are_signs_and_breaks_part_names(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "Song,Act,By\nRock &amp; Roll,Tom &amp; Ann,Tom Poe &amp; Ann Poe<br>Ben Quill\n", ["Song=title", "Act=artist", "By=writer"])
    assert isinstance(found, Recording) and (found.title, found.artist_credit) == ("Rock & Roll", "Tom & Ann")
    assert told(found, "writer") == ["Tom Poe", "Ann Poe", "Ben Quill"]
    (once,) = read(tmp_path, "Song,Act\n&amp;nbsp;N,AT&T\n")
    assert isinstance(once, Recording) and (once.title, once.artist_credit) == ("&nbsp;N", "AT&T")


def test_identifiers_are_read_as_people_write_them_or_named(tmp_path: Path) -> None:
    mbid = "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae"
    found = one(tmp_path, "isrc,mbid", f"gb-aye-82-00014; USRC17607839,https://musicbrainz.org/recording/{mbid.upper()}", "isrc=isrc mbid=mbid")
    assert found.identifiers == (("isrc", "GBAYE8200014"), ("isrc", "USRC17607839"), ("musicbrainz", mbid))
    assert one(tmp_path, "mbid", "not an mbid", "mbid=mbid").identifiers == ()
    assert "expected an MBID" in bad(tmp_path, "mbid", "not an mbid", "mbid=mbid")[0]


def test_a_version_and_a_release_are_told(tmp_path: Path) -> None:
    found = one(tmp_path, "v,album", "Live,Harbour Nights", "v=version album=track_on")
    assert (found.version, found.release) == ("Live", "Harbour Nights, Ana Okafor")
    found = one(tmp_path, "aa,album", "Various Artists,Harbour Nights", "aa=album_artist album=track_on")
    assert found.release == "Harbour Nights, Various Artists"


def test_a_record_is_its_content_wherever_it_stands(tmp_path: Path) -> None:
    rows_ = ["Night Bus,Ana,Ben Quill,Live,", "Night Bus,Ana,Ben Quill,,GBAYE8200014", "Low Tide,Ana,Ben Quill,,"]
    pairs = ["Song=title", "Act=artist", "By=writer", "V=version", "I=isrc"]

    def records(lines: list[str]) -> list[str]:
        found = read(tmp_path, "Song,Act,By,V,I\n" + "\n".join(lines) + "\n", pairs)
        return sorted(f.model_dump_json() for f in found if isinstance(f, Recording))

    assert records(rows_) == records(rows_[::-1]) == records([*rows_, rows_[0]])
    found = read(tmp_path, "Song,Act,By,V,I\n" + "\n".join(rows_) + "\n", pairs)
    assert [f.locator for f in found if isinstance(f, Recording)] == ["Night Bus, Ana [Live]", "Night Bus, Ana (GBAYE8200014)", "Low Tide, Ana"]


def test_the_same_sheet_sorted_otherwise_changes_nothing(store: Store, tmp_path: Path) -> None:
    path, rows_ = tmp_path / "t.csv", ["Night Bus,Ana,Ben Quill,Harbour", "Low Tide,Ana,Ben Quill,Sunset", "東京" * 150 + ",Ana,Ben Quill,Sunset"]
    for lines in (rows_, rows_[::-1]):
        path.write_text("title,artist,writer,label\n" + "\n".join(lines) + "\n")
        done = importing.import_table(store, path, source="desk")
        assert done.retracted == 0 and not done.rejected
    assert done.added == {}


def test_a_column_tells_what_became_of_it(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("title,artist,Writer(s),Writer share %,Year,Mood,BPM\nA,Ana,Ben Quill (50%),50,1960,blue,96\nB,Ana,\"Okafor, Zenobia 30%\",30,1961,red,fast\n")
    report, columns = tables.Report(), tables.first_look(path)[2]
    list(tables.parse(path, DESK, columns, report=report))
    told_of = {c.column: c for c in report.columns()}
    assert (told_of["Writer(s)"].target, told_of["Writer(s)"].read, told_of["Writer(s)"].left_out) == ("writer", 1, 1)
    assert told_of["Writer(s)"].reasons[0].examples == ((3, "Okafor, Zenobia"),)
    assert (told_of["BPM"].read, told_of["BPM"].reasons[0].examples) == (1, ((3, "fast"),))
    assert told_of["title"].read == 2 and "confidential" in told_of["Writer share %"].reasons[0].why
    assert {c: told_of[c].target for c in ("Writer share %", "Year", "Mood")} == {"Writer share %": "", "Year": "", "Mood": ""}
    assert not any(share in str(report.columns()) for share in ("50", "30%"))


GUESSES = [
    ("Titel;Künstler;Komponist;Textdichter;Label;Länge;Veröffentlicht", "title artist composer lyricist label length released"),
    ("Title;Artist(s);Writer(s);Producer(s);Duration (ms)", "title artist writer producer length"),
    ("Titre;Interprète;Compositeur;Parolier;Producteur;Durée;Date de sortie", "title artist composer lyricist producer length released"),
    ("Título;Artista;Compositor;Letra;Productor;Duración;Fecha de lanzamiento", "title artist composer lyricist producer length released"),
    ("Titolo;Artista;Autori;Produttore;Durata;Data di uscita;Etichetta", "title artist writer producer length released label"),
    ("Título;Intérprete;Compositor;Produtor;Duração;Data de lançamento;Gravadora", "title artist composer producer length released label"),
    ("Song title;Artist;Mix name;Album;Album artist;Year", "title artist version track_on album_artist released"),
    ("title;artist;ISRC;Year", "title artist isrc released"), ("title;artist;Label;Jahr", "title artist label released"),
    ("title;artist;Year", "title artist -"), ("title;artist;Contest year;Label", "title artist - label"), ("title;artist;chart year", "title artist -"),
    ("title;artist;Release year", "title artist released"), ("title;artist;Share;Split %;Royalty;Anteil", "title artist - - - -"),
    ("title;artist;Writer 1;Writer 2;Writer 1 share", "title artist writer writer -"), ("track_name;artist_name;duration_ms", "title artist length"),
    ("trackName;artistName;releaseDate", "title artist released"), ("title;artist;Version;Remix", "title artist version -"),
    ("Title;Artist;Length (Excel time);Release date (UK)", "title artist length released"), ("Title;Artist;Released (UK);Released (DE)", "title artist - -"),
    ("Title (Kanji);Title;Artist;Writer (uncredited)", "- title artist -"), ("Titel;Künstler;Komponist/Texter;Code ISRC", "title artist writer isrc"),
    ("Título;Artista;Música y letra;Productora", "title artist writer producer"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "targets"), GUESSES)
def test_the_header_suggests_in_many_languages(header: str, targets: str) -> None:
    columns = header.split(";")
    guessed = tables.guess(columns)
    assert [guessed[c].name if c in guessed else "-" for c in columns] == targets.split()


def test_names_beside_their_shares_are_read_and_a_column_of_shares_is_not() -> None:
    shown = [{"Writers (share)": "Ana Okafor 50%", "Writer shares": "50/50"}]
    assert [t.name for t in tables.guess(list(shown[0]), shown).values()] == ["writer"]


def test_a_comma_among_lists_of_names_turns_none_round(tmp_path: Path) -> None:
    """"Okafor, Tom" by itself is Tom Okafor; in a column whose other cells list names it is two."""
    rows = [f"Song {n},Ana,\"Ines Okafor, Jonas Brandt\"" for n in range(6)]
    path = tmp_path / "t.csv"
    path.write_text("title,artist,writers\n" + "\n".join(rows) + '\nLast,Ana,"Okafor, Tom Ek"\n', encoding="utf-8")
    columns = tables.mapping(["title=title", "artist=artist", "writers=writer"])
    assert told(list(tables.parse(path, DESK, columns))[-1], "writer") == ["Okafor", "Tom Ek"]


def test_of_objects_in_a_list_the_names_are_read_and_never_the_ids(tmp_path: Path) -> None:
    path = tmp_path / "o.jsonl"
    path.write_text('{"title":"A","artists":[{"id":"x1","name":"Ines Okafor"}]}\n', encoding="utf-8")
    look = looks.look(path)
    (found,) = tables.parse(path, DESK, look.mapping, look.layout)
    assert isinstance(found, Recording) and found.artist_credit == "Ines Okafor"


def test_an_error_of_a_spreadsheet_is_named_and_an_hour_among_minutes_refused(tmp_path: Path) -> None:
    found = read(tmp_path, "Song,Act,BPM\nA,B,#N/A\n", ["Song=title", "Act=artist", "BPM=tempo"])
    assert "found #N/A, an error of the spreadsheet" in str(found[-1])
    assert lengths(tmp_path, "Length", "3:47:00", "0:04:05") == [None, 245_000]


def test_what_is_not_mapped_is_not_called_a_twin() -> None:
    assert column_names.unread(["Song", "ISRC", "Track"], {"Song": "title"}) == {
        "ISRC": "no --map names it; to read it: --map 'ISRC=isrc'", "Track": column_names.TWICE
    }  # fmt: skip
