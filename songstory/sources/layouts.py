"""Where in a file its table stands, and what a file is by its first bytes rather than by its name."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from songstory.errors import ConfigError, SourceError

_JSON = frozenset({".jsonl", ".ndjson", ".json"})
_PARQUET = frozenset({".parquet", ".pq"})
_SHEETS = frozenset({".csv", ".tsv", ".tab"})
AUDIO = (
    ".mp1", ".mp2", ".mp3", ".oga", ".ogg", ".opus", ".spx", ".wav", ".flac", ".wma", ".m4a", ".m4b", ".mp4", ".aiff", ".aifc", ".aif",
)  # fmt: skip
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s{0,100}(?:\{\s{0,100}"|\[\s{0,100}\{)')
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}<(?:\?xml|!doctype|html|table|[A-Za-z]{2,20}[: >])", re.IGNORECASE)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of old Excel, and of a new workbook that has a password


@dataclass(frozen=True)
class Layout:
    """Where a table stands: its sheet, the rows of its header and its last cells (0: the first that is filled, the end of the file),
    the path of its list in a JSON document, and the `export` whose shape it has."""

    encoding: str = "utf-8"
    sheet: str = ""
    header_row: int = 0
    last_row: int = 0
    list_at: str = ""
    export: str = ""


_LISTS = frozenset({".pls", ".wpl", ".asx", ".zpl", ".b4s"})


def form(path: Path) -> str:
    """Return what a file is: folder, parquet, json, workbook or text. Raise ConfigError for one that is not read, with the way out."""
    suffix = path.suffix.casefold()
    if suffix == ".numbers":
        raise ConfigError(_other(path, "a Numbers document"))
    if path.is_dir():
        return "folder"
    head = _head(path)
    if suffix in _PARQUET:
        return "parquet"
    if suffix in _JSON:
        return "json"
    if head.startswith(_OLD_EXCEL):
        raise ConfigError(_other(path, "a workbook of old Excel (.xls), or one with a password"))
    if _MARKUP.match(head):
        raise ConfigError(f"{path.name}: {_markup(head)}")
    if suffix in _LISTS:
        raise ConfigError(f"{path.name}: a playlist of a form that is not read; save it as M3U, XSPF or JSPF")
    if suffix in AUDIO:
        raise ConfigError(f"{path.name}: an audio file; import the tags of its folder: songstory import files FOLDER")
    if suffix not in _SHEETS and _OBJECT.match(head):
        return "json"  # whatever it is called
    return _packed(path) if head.startswith(b"PK\x03\x04") else "text"


def _markup(head: bytes) -> str:
    if b"<html" in head.lower() or b"<table" in head.lower() or b"<!doctype html" in head.lower():
        return "a web page (HTML), which is not read; open it in a spreadsheet and save it as .xlsx or CSV"
    return "an XML document, which is no table; read it with: songstory import ddex, discogs or musicbrainz"


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(200)
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check the path") from error


def _packed(path: Path) -> str:
    """Return what a ZIP file is by what is in it."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:10_000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SourceError(f"{path.name}: the workbook is cut or damaged ({str(error)[:80]})") from error
    if "xl/workbook.xml" in names:
        return "workbook"
    if "content.xml" in names:
        raise ConfigError(_other(path, "a sheet of LibreOffice (.ods)"))
    if any(n.endswith(".iwa") for n in names):
        raise ConfigError(_other(path, "a Numbers document"))
    if "xl/workbook.bin" in names:
        raise ConfigError(_other(path, "a binary workbook (.xlsb)"))
    raise ConfigError(f"{path.name}: a ZIP archive and no table; unpack it and import the files in it")


def _other(path: Path, what: str) -> str:
    return f"{path.name}: {what}, which is not read; open it and save or export it as .xlsx or CSV"
