"""Heads of the audit log, kept outside of the store: appended to a file, signed with the house's key where one is set.

A head says how long the log was at a moment, and its last hash. What was cut, rewritten or put back to an older state
since shows against it.
"""

from __future__ import annotations

import base64
import contextlib
import logging
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from pydantic import ValidationError

from songstory.errors import ConfigError, StoreError
from songstory.models import Value

log = logging.getLogger(__name__)
ENDING = ".heads"  # of the file beside a store on SQLite
_HASH, _NUMBER = re.compile(r"[0-9a-f]{64}"), re.compile(r"\d{1,18}", re.ASCII)
LONGEST = 32_000_000  # bytes of one file of heads: some hundred thousand


class Head(Value):
    """The end of the audit log at a moment: the number and hash of its last event, when that was, of which store."""

    seq: int
    hash: str
    at: str = ""
    store: str = ""
    signature: str = ""

    def signed_bytes(self) -> bytes:
        """Return what a signature is over."""
        return orjson.dumps([self.seq, self.hash, self.at, self.store])


class Key:
    """The house's key, Ed25519. Its private half signs heads, its public half checks them."""

    def __init__(self, text: str) -> None:
        """Take a key in PEM, private or public, or the 32 bytes of a private one in base64. Raise ConfigError."""
        try:
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
            from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
        except ModuleNotFoundError as error:
            raise ConfigError('to sign the heads of the audit log takes: pip install "songstory[signing]"') from error
        private: Any = None
        public: Any = None
        try:
            if "PUBLIC KEY" in text:
                public = load_pem_public_key(text.encode())
            elif "PRIVATE KEY" in text:
                private = load_pem_private_key(text.encode(), password=None)
            else:
                private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(text.strip(), validate=True))
        except (ValueError, TypeError):
            pass
        if isinstance(private, Ed25519PrivateKey):
            public = private.public_key()
        if not isinstance(public, Ed25519PublicKey):
            raise ConfigError("the audit key is no Ed25519 key; make one with: openssl genpkey -algorithm ed25519 -out audit.pem")
        self._private, self._public = private, public

    def sign(self, head: Head) -> Head:
        """Return a head with its signature; a public key signs nothing."""
        if self._private is None:
            return head
        return head.model_copy(update={"signature": base64.b64encode(self._private.sign(head.signed_bytes())).decode()})

    def holds(self, head: Head) -> bool:
        """Whether this key signed a head."""
        from cryptography.exceptions import InvalidSignature

        try:
            self._public.verify(base64.b64decode(head.signature), head.signed_bytes())
        except (InvalidSignature, ValueError):
            return False
        return True


def load_key(text: str = "", file: Path | None = None) -> Key | None:
    """Return the house's key from its text or its file, None where neither is set. Raise ConfigError."""
    if not text and file is None:
        return None
    try:
        return Key(text or file.read_text(encoding="ascii"))  # type: ignore[union-attr]
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the audit key {file}: {getattr(error, 'strerror', 'it is no text')}; check the path") from error


class HeadFile:
    """A file to which heads are appended, and nothing else; only its owner may read it."""

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self.path, self.key = path, key

    def append(self, head: Head) -> None:
        """Append a head. What cannot be written is logged: the act it witnesses is done."""
        try:
            self.put(head)
        except OSError as error:
            log.error("a head of the audit log was not kept", extra={"path": str(self.path), "why": error.strerror})

    def put(self, head: Head) -> None:
        """Append a head. Raise OSError as the system does."""
        signed = self.key.sign(head) if self.key else head
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            os.write(handle, b"\n" * _torn(self.path) + orjson.dumps(signed.model_dump(exclude_defaults=True)) + b"\n")
        finally:
            os.close(handle)


def _torn(path: Path) -> bool:
    """Whether a file ends within a line, as a power cut leaves it. One that may only be written to is taken as whole."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
    return False


def beside(path: Path) -> Path:
    """Return the file of heads that lies beside a store on SQLite."""
    return path.with_name(path.name + ENDING)


class Kept(NamedTuple):
    """What a file of heads holds: the heads in their order, and the numbers of lines that hold none."""

    heads: list[Head]
    broken: list[int]


def read(path: Path) -> Kept:
    """Return the heads of a file: lines of JSON, or the manifest of an export. Raise StoreError when it holds none or cannot be read.

    A line that is no head, as a power cut leaves one, takes nothing from the others.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
    except OSError as error:
        raise StoreError(f"cannot read the heads in {path}: {error.strerror}; check the path") from error
    with contextlib.suppress(ValueError, ValidationError, TypeError):
        found = orjson.loads(data)
        return Kept(of_manifest(found) if "audit" in found else [Head.model_validate(found)], [])
    kept = Kept([], [])
    for number, line in enumerate(data.splitlines() if len(data) <= LONGEST else [b"?"], 1):
        if line.strip():
            try:
                kept.heads.append(Head.model_validate_json(line))
            except (ValueError, ValidationError):
                kept.broken.append(number)
    if kept.broken and not kept.heads:
        raise StoreError(f"{path} holds no heads of an audit log: expected one JSON object a line, or an export's manifest")
    return kept


def of_manifest(manifest: Any) -> list[Head]:
    """Return the heads that an export's manifest kept, the oldest first; manifests from before their history kept one."""
    audit = manifest.get("audit") if isinstance(manifest, dict) else None
    if not isinstance(audit, dict):
        return []
    listed = audit.get("heads") or [{"seq": audit.get("events"), "hash": audit.get("head")}]
    try:
        return [h for h in map(Head.model_validate, listed) if h.seq]
    except (ValidationError, TypeError) as error:
        raise StoreError("the manifest's heads of the audit log were changed; keep it, and export to another folder") from error


def given(text: str, known: Iterable[Head]) -> Head:
    """Return the head that a person typed, as NUMBER:HASH or the hash alone, which is looked up among the `known`."""
    number, _, digest = text.strip().rpartition(":")
    if not _HASH.fullmatch(digest) or (number and not _NUMBER.fullmatch(number)):  # a slip of the hand accuses no log
        raise StoreError(f"no head {text[:80]!r}; give NUMBER:HASH, or the hash alone, as songstory audit head prints it")
    if number:
        return Head(seq=int(number), hash=digest)
    return next((h for h in known if h.hash == digest), Head(seq=0, hash=digest))


def unsigned(heads: Sequence[Head], key: Key) -> Head | None:
    """Return the first head that the key did not sign after one that it signed, or whose signature is false."""
    begun = False
    for head in heads:
        good = bool(head.signature) and key.holds(head)
        if (head.signature or begun) and not good:
            return head
        begun = begun or good
    return None
