"""The encoding of a text is UTF-8, or told by its bytes; what its bytes do not say is asked for."""

from pathlib import Path

import pytest

from songstory.errors import SourceError
from songstory.sources import encodings

HEAD = "Song;Artist\n"


@pytest.mark.parametrize(
    ("text", "written", "told"),
    [
        ("Night Bus;Ana", "utf-8", "utf-8"),
        ("Café;Ana", "utf-8", "utf-8"),
        ("Café;Ana", "utf-16", "utf-16"),
        ("Fährmann;Björk Guðmundsdóttir", "cp1252", "cp1252"),
        ("¿Dónde?;Niña Pastori – “Live”", "cp1252", "cp1252"),
        ("L’été à Œuf;Noël", "cp1252", "cp1252"),
        ("Don’t", "cp1252", "cp1252"),
    ],
)
def test_an_encoding_is_told_by_its_bytes(tmp_path: Path, text: str, written: str, told: str) -> None:
    (tmp_path / "t.csv").write_bytes((HEAD + text).encode(written))
    found = encodings.guess(tmp_path / "t.csv")
    assert found.name == told and bool(found.example) == (told == "cp1252")
    assert not found.example or found.example in text


@pytest.mark.parametrize(
    ("text", "written"), [("Привет;мир", "cp1251"), ("Καλημέρα", "cp1253"), ("東京の夜", "shift-jis"), ("北京欢迎你", "gbk"), ("Łódź nocą", "cp1250")]
)
def test_what_is_no_european_text_is_not_guessed(tmp_path: Path, text: str, written: str) -> None:
    (tmp_path / "t.csv").write_bytes((HEAD + "x;y\n" + text).encode(written))
    with pytest.raises(SourceError, match=r"t\.csv:3: not UTF-8.*--encoding"):
        encodings.guess(tmp_path / "t.csv")


def test_the_bad_row_of_a_long_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"a;b\n" * 600_000 + b"\x81\xff")
    with pytest.raises(SourceError, match=r"t\.csv:600001: "):
        encodings.guess(tmp_path / "t.csv")
