"""Rows of a Parquet file, without trusting its claims: rows, bytes and cells are bounded before they are unpacked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from songstory.errors import BadRecord, ConfigError, SourceError

MAX_ROWS = 20_000_000
MAX_RATIO = 200  # as of archives: text unpacked, to bytes of the file
LEAST_BUDGET = 64_000_000  # bytes that even a small file may unpack to
_BATCH = 1_000  # rows
_CELL = 64  # bytes that a cell counts beside its text: what Python takes for a value and its place


def rows(path: Path) -> Iterator[tuple[int, dict[str, Any]] | BadRecord]:
    """Yield (row number, cells by column) up to the bounds; beyond them a BadRecord, and no more. Raise SourceError, ConfigError."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError:
        raise ConfigError('Parquet needs pyarrow; install it with: pip install "songstory[parquet]"') from None
    number = 0
    try:
        left = max(LEAST_BUDGET, MAX_RATIO * path.stat().st_size)
        with parquet.ParquetFile(path) as file:
            if why := _unfit(file.metadata, left):
                yield BadRecord(path.name, 1, f"parquet: {why}")
                return
            texts = [c.path for i in range(len(file.schema)) if (c := file.schema.column(i)).physical_type == "BYTE_ARRAY"]
        with parquet.ParquetFile(path, read_dictionary=texts) as file:  # a text that stands in many rows stays one text
            for batch in file.iter_batches(batch_size=_BATCH):
                left -= sum(_CELL * len(column) + _bytes(column) for column in batch.columns)
                if left < 0:
                    yield BadRecord(path.name, number + 1, f"parquet: unpacks to over {MAX_RATIO} times its size; the rest is left out")
                    return
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except (OSError, pyarrow.ArrowException) as error:
        if number == 0 and not path.exists():
            raise SourceError(f"cannot read {path}; check the path") from error
        yield BadRecord(path.name, number + 1, f"parquet: {str(error).splitlines()[0][:150]}")


def _unfit(about: Any, budget: int) -> str:
    """Return why a file is not read at all, by what it says of itself."""
    if about.num_rows > MAX_ROWS:
        return f"expected at most {MAX_ROWS:,} rows, found {about.num_rows:,}"
    largest = max((about.row_group(i).total_byte_size for i in range(about.num_row_groups)), default=0)
    return f"a group of its rows unpacks to {largest:,} bytes, expected at most {budget:,}" if largest > budget else ""


def _bytes(column: Any) -> int:
    """Return the bytes of a column's values once each row has its own, without making them."""
    import pyarrow
    import pyarrow.compute as pc

    kind = column.type
    if pyarrow.types.is_dictionary(kind):
        lengths = pc.binary_length(column.dictionary)
        return int(pc.sum(pc.take(lengths, column.indices)).as_py() or 0)
    if pyarrow.types.is_struct(kind):
        return sum(_bytes(part) for part in column.flatten())
    if pyarrow.types.is_list(kind) or pyarrow.types.is_large_list(kind) or pyarrow.types.is_map(kind):
        return _bytes(column.flatten() if not pyarrow.types.is_map(kind) else column.items)
    return int(column.nbytes)
