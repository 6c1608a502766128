"""The rows that the audit log is proven against: the store's own name, and what was erased."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from songstory.store.columns import KEY, moment


class StoreIdentityRow(SQLModel, table=True):
    """One row: the name that a store keeps through backups, so that a head kept elsewhere says of which store it is."""

    __tablename__ = "store_identity"
    uid: str = Field(primary_key=True)


class ErasedRow(SQLModel, table=True):
    """What was erased and may not come back: a fact's key, the hash of a name of so many words, of what calls a person in one song."""

    __tablename__ = "erased"
    kind: str = Field(primary_key=True)  # fact, name, surname, forename
    digest: str = Field(primary_key=True)
    words: int = Field(default=0, sa_type=KEY)
    actor: str
    at: datetime = moment(nullable=False)
