"""The facts of one application, read and checked: what every evaluator takes."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen


@frozen(eq=False)
class Warned:
    """Something about the data that is worth saying and stops nothing: a stable code, the path and the fact shown."""

    code: str
    path: str
    fact: str


@frozen(eq=False)
class Facts:
    """
    The raw values of the facts, in the order of the fields of `Program.application`.

    Raw form (see `types` and `core.ir.FieldDef.scale`): numbers as scaled integers, dates as ordinals, moments as seconds,
    a record as a tuple in the order of its `RecordDef`, a list as a list of such tuples, `None` where absent, `UNKNOWN`
    where not given.  Every default of the programme is already filled in.

    Args:
        complete: nothing anywhere is `UNKNOWN`.
        data: the application as plain JSON data in canonical form, for the record; made only when asked for.
    """

    values: tuple[Any, ...]
    complete: bool
    warnings: tuple[Warned, ...] = ()
    original: Any = field(default=None, repr=False)
