"""Every exception songstory raises on purpose, in one tree."""

from __future__ import annotations

from typing import Any

from songstory.storable import storable


class SongstoryError(Exception):
    """Something songstory knows how to explain."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(storable(detail) or (type(self).__doc__ or "").strip())


class ConfigError(SongstoryError):
    """A setting is missing or wrong."""


class SourceError(SongstoryError):
    """A source could not be read."""


class SourceUnavailable(SourceError):
    """A source did not answer; try again later."""

    retry_after: float | None = None  # seconds, when the other side said how long


class BadRecord(SourceError):
    """A record is malformed."""

    def __init__(self, file: str, line: int, detail: str) -> None:
        super().__init__(f"{file}:{line}: {detail}")
        self.file, self.line = file, line


class StoreError(SongstoryError):
    """The store could not be opened, read or written."""


class StoreUnavailable(StoreError):
    """The store did not answer; try again later."""


class Crossed(StoreError):
    """Somebody wrote the same at this moment; look again."""


class AuditBroken(StoreError):
    """The audit log is not what it was. `kind` is cut, rewritten, restored, replaced, lost or unsigned, `seq` the first bad place."""

    def __init__(self, kind: str, seq: int, message: str) -> None:
        super().__init__(message)
        self.kind, self.seq = kind, seq


class TrackNotFound(StoreError, LookupError):
    """No track has this id."""


class StoryNotFound(StoreError, LookupError):
    """No story or revision has this id."""


class BriefError(SongstoryError):
    """A brief could not be made."""


class NotEnoughFacts(BriefError):
    """Too few facts stand for a story; silence is a valid answer."""


class TemplateError(BriefError):
    """A prompt template could not be rendered."""


class WriterError(SongstoryError):
    """A writer gave no usable draft."""

    tries: tuple[Any, ...] = ()  # the calls it took, as `work.Try`; the ledger keeps a row for each
    paid = False  # whether the call may have been paid for: an answer came, or nobody knows


class WriterUnavailable(WriterError):
    """The writer did not answer; try again later."""

    retry_after: float | None = None  # seconds, when the other side said how long


class WriterShut(WriterError):
    """Nothing more can be asked until somebody changes something; whatever waits keeps waiting."""


class SpendCapped(WriterUnavailable, WriterShut):
    """The spending limit is reached; nothing more is asked for until it is raised."""


class AccessRefused(WriterShut):
    """The key or the model is not accepted."""


class BatchNotFound(WriterError):
    """A batch that was sent is not known there any more."""


class WriterRefused(WriterError):
    """The writer declined to write."""

    paid = True


class BadDraft(WriterError):
    """The writer's answer is not a draft."""

    paid = True


class ReviewError(SongstoryError):
    """An act of review was refused."""


class IllegalMove(ReviewError):
    """The story's status does not allow this act."""


class StaleRevision(ReviewError):
    """The story moved on since this revision was read."""


class NotAllowed(ReviewError):
    """This actor may not do this."""


class SessionEnded(NotAllowed):
    """This sign-in is no longer good."""


class Unsupported(ReviewError):
    """A sentence of this revision is not supported by its facts."""


class NotClean(ReviewError):
    """This story must be read by itself before it is approved."""


class SwitchedOff(ReviewError):
    """An admin switched this off."""


class RunError(SongstoryError):
    """A run could not go on."""


class RunInProgress(RunError):
    """Another run is at work on this store."""


class RunStopped(RunError):
    """A person stopped this run; the next one goes on where it stood."""


class LeaseLost(RunError):
    """Another worker has taken this slice over; nothing more of it is written here."""


class BudgetSpent(RunError):
    """The budget is spent; what is left waits for the next run."""
