"""Tiny audio files with tags, written byte by byte from the public descriptions of their formats: a moment of silence each."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

Tags = Mapping[str, Sequence[str]]
_MP3_FRAME = b"\xff\xfb\x90\x64" + bytes(413)  # MPEG 1 layer 3, 128 kbit/s, 44.1 kHz: 1,152 samples


def mp3(frames: Tags, texts: Tags | None = None, ufid: str = "", seconds: int = 2) -> bytes:
    """Return an MP3 with an ID3v2.4 tag: its text frames by id, its TXXX frames by description, one UFID of MusicBrainz."""
    body = b"".join(_frame(name, b"\x03" + "\0".join(values).encode()) for name, values in frames.items())
    for name, values in (texts or {}).items():
        body += b"".join(_frame("TXXX", b"\x03" + f"{name}\0{value}".encode()) for value in values)
    if ufid:
        body += _frame("UFID", b"http://musicbrainz.org\0" + ufid.encode())
    return b"ID3\x04\0\0" + _seven(len(body)) + body + _MP3_FRAME * (seconds * 44_100 // 1_152 + 1)


def _frame(name: str, content: bytes) -> bytes:
    return name.encode() + _seven(len(content)) + b"\0\0" + content


def _seven(number: int) -> bytes:
    """Return a number of which each byte holds seven bits."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def _comments(tags: Tags) -> bytes:
    """Return Vorbis comments, as FLAC and Ogg hold them."""
    listed = [f"{name}={value}".encode() for name, values in tags.items() for value in values]
    made = b"".join(struct.pack("<I", len(c)) + c for c in listed)
    return struct.pack("<I", 4) + b"made" + struct.pack("<I", len(listed)) + made


def flac(tags: Tags, seconds: int = 2) -> bytes:
    """Return the blocks of a FLAC: what its stream is, and its comments."""
    packed = 44_100 << 44 | 1 << 41 | 15 << 36 | seconds * 44_100
    info = struct.pack(">HH", 4096, 4096) + bytes(6) + packed.to_bytes(8, "big") + bytes(16)
    comments = _comments(tags)
    return b"fLaC" + b"\x00" + len(info).to_bytes(3, "big") + info + b"\x84" + len(comments).to_bytes(3, "big") + comments


def ogg(tags: Tags, seconds: int = 2) -> bytes:
    """Return an Ogg of Vorbis: three pages, the last of which says how long it is."""
    head = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 2, 44_100, 0, 128_000, 0, 0xB8, 1)
    return _page(head, 2, 0, 0) + _page(b"\x03vorbis" + _comments(tags) + b"\x01", 0, 0, 1) + _page(b"\0" * 20, 4, seconds * 44_100, 2)


def _page(content: bytes, flags: int, samples: int, number: int) -> bytes:
    laces = [255] * (len(content) // 255) + [len(content) % 255]
    return b"OggS\0" + bytes([flags]) + struct.pack("<qIII", samples, 1, number, 0) + bytes([len(laces), *laces]) + content


def mp4(atoms: Tags, texts: Tags | None = None, seconds: int = 2) -> bytes:
    """Return an MP4: its length, and its list of tags with those of a name of their own."""
    listed = b"".join(_atom(name.encode("latin-1"), *(_data(v) for v in values)) for name, values in atoms.items())
    for name, values in (texts or {}).items():
        head = _atom(b"mean", bytes(4) + b"com.apple.iTunes") + _atom(b"name", bytes(4) + name.encode())
        listed += _atom(b"----", head, *(_data(v) for v in values))
    length = _atom(b"mvhd", bytes(12) + struct.pack(">II", 1_000, seconds * 1_000) + bytes(80))
    meta = _atom(b"meta", bytes(4), _atom(b"ilst", listed))
    return _atom(b"ftyp", b"M4A \0\0\0\0") + _atom(b"moov", length, _atom(b"udta", meta))


def _atom(name: bytes, *content: bytes) -> bytes:
    inside = b"".join(content)
    return struct.pack(">I", len(inside) + 8) + name + inside


def _data(value: str) -> bytes:
    return _atom(b"data", struct.pack(">II", 1, 0) + value.encode())
