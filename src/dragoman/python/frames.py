"""Rows as frames of pandas and polars: the same columns and types, whatever the rows hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from dragoman.errors import SettingError
from dragoman.store.exports.cells import Row

if TYPE_CHECKING:
    import pandas
    import polars

BATCH_ROWS: Final = 20_000
"""Rows that are held as Python's own objects before they become columns."""

_PANDAS: Final[Mapping[type, str]] = {str: "string", int: "Int64", float: "Float64", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns, which are text but for those of `kinds`; None is missing."""

    columns: tuple[str, ...]
    kinds: Mapping[str, type]
    rows: Iterator[Row]

    def batches(self) -> Iterator[dict[str, list[Any]]]:
        """Columns with their values, some rows at a time; at least once, be it without rows."""
        rows = list(islice(self.rows, BATCH_ROWS))
        while True:
            yield {name: [row[at] for row in rows] for at, name in enumerate(self.columns)}
            rows = list(islice(self.rows, BATCH_ROWS))
            if not rows:
                return


def pandas_frame(table: Table) -> pandas.DataFrame:
    """TABLE as a frame of pandas. Raises SettingError where it isn't installed."""
    library = _library("pandas")
    dtypes = {name: _PANDAS[table.kinds.get(name, str)] for name in table.columns}
    frames = [
        library.DataFrame({name: library.array(values, dtype=dtypes[name]) for name, values in batch.items()})
        for batch in table.batches()
    ]
    whole: pandas.DataFrame = library.concat(frames, ignore_index=True)
    return whole


def polars_frame(table: Table) -> polars.DataFrame:
    """TABLE as a frame of polars. Raises SettingError where it isn't installed."""
    library = _library("polars")
    types = {str: library.String, int: library.Int64, float: library.Float64, bool: library.Boolean}
    schema = {name: types[table.kinds.get(name, str)] for name in table.columns}
    whole: polars.DataFrame = library.concat([library.DataFrame(batch, schema=schema) for batch in table.batches()])
    return whole


def _library(name: str) -> Any:
    try:
        return import_module(name)  # late: a second that only frames cost, and it comes with an extra
    except ModuleNotFoundError as error:
        raise SettingError(f"to_{name}: {name} is not installed; pip install 'dragoman[{name}]'") from error
