from pathlib import Path

import pytest

import songstory as ss
from songstory.errors import SourceError
from songstory.sources import files
from songstory.store import Store, catalogue

GOOD = b'{"kind":"track","id":"ok","title":"Ok","artist":"A"}'


def test_written_twice_nothing_changes(any_store: Store, lines: Path) -> None:
    assert ss.import_file(any_store, lines).added["fact"] == 6
    assert ss.import_file(any_store, lines).added == {}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "expected one JSON object"),
        (b"[1]", "found list"),
        (b'{"kind":"tune"}', "kind: expected one of"),
        (b'{"kind":"track","id":"a b","title":"x","artist":"y"}', "id:"),
        (b'{"kind":"track","id":"x","title":"x"}', "artist:"),
        (b'{"kind":"entity","key":"e","type":"ghost","name":"x"}', "type: expected one of"),
        (b'{"kind":"fact","track":"ok","predicate":"hummed","value":"x","source":"s"}', "predicate: 'hummed'"),
        (b'{"kind":"fact","track":"ok","predicate":"tempo","value":"fast","source":"s"}', "value: expected a number"),
        (b'{"kind":"fact","track":"ok","predicate":"key","value":"C major"}', "source: a fact needs"),
        (b'{"kind":"fact","track":"gone","predicate":"key","value":"C major","source":"s"}', "track: 'gone' is not known"),
        (b'{"kind":"fact","track":"ok","predicate":"key","value":"C major","passage":"p9"}', "passage: 'p9' is not known"),
        (b'{"kind":"flag","track":"ok","predicate":"key","flag":"odd"}', "flag: expected one of"),
        (b'{"kind":"track","id":"x","title":"x","artist":"y","more":1}', "more: Extra inputs"),
        (b'\xff\xfe{"kind"', "expected one JSON object"),
    ],
)
def test_a_bad_line_is_named_and_the_good_rest_goes_in(store: Store, tmp_path: Path, line: bytes, says: str) -> None:
    path = tmp_path / "f.jsonl"
    path.write_bytes(GOOD + b"\n" + line + b"\n\n" + GOOD.replace(b"ok", b"ok2"))
    done = ss.import_file(store, path)
    assert done.added["track"] == 2
    assert (
        len(done.rejected) == 1 and done.rejected[0].startswith("f.jsonl:2: ") and says in done.rejected[0] and "\n" not in done.rejected[0]
    )


def test_a_quote_must_stand_in_its_passage_to_the_letter(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    path.write_bytes(
        b'{"kind":"source","key":"s","name":"S","licence":"CC0"}\n{"kind":"passage","key":"p","source":"s","locator":"l","text":"It is in C."}\n'
        + GOOD
        + b'\n{"kind":"fact","track":"ok","predicate":"key","value":"C","passage":"p","quote":"It is in D."}'
    )
    assert "quote: not to be found" in ss.import_file(store, path).rejected[0]


def test_an_unreadable_file_is_one_line(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot read"):
        ss.import_file(store, tmp_path / "none.jsonl")


def test_an_endless_line_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ValueError, match="longer than"):
        files.parse_line(b'{"kind":"' + b"x" * files.MAX_LINE)


def test_hostile_text_is_only_text(store: Store, tmp_path: Path) -> None:
    title = "'; DROP TABLE track; -- <script>alert(1)</script>"
    path = tmp_path / "f.jsonl"
    path.write_bytes(b'{"kind":"track","id":"x","title":"%s","artist":"y"}' % title.encode())
    ss.import_file(store, path)
    assert catalogue.get_track(store, "x").title == title


@pytest.mark.parametrize("search", ["%", "_", "' OR 1=1 --", "\\", "x" * 10_000])
def test_a_search_finds_text_not_wildcards(desk: Store, search: str) -> None:
    assert catalogue.list_tracks(desk, search=search).total == 0
