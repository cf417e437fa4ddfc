"""
Grant programmes as readable rule files: exact decisions, explained and cited.

    >>> import grantrules as gr
    >>> programme = gr.load("programs/tr/kdp_2023.rules")
    >>> decision = programme.decide(application)
    >>> decision.support
    Money('2450000.00', 'TRY')

The names below are the whole public face.  Each is loaded when it is first used, so that importing the package costs
next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from grantrules.version import VERSION

if TYPE_CHECKING:
    from grantrules.answer import BindingCeiling, Failure, Missing, Notice, Payment, SupportResult
    from grantrules.api import Programme, check, compile, load, verify
    from grantrules.calendars import Period
    from grantrules.compare import Comparison, Comparisons
    from grantrules.core.facts import Facts
    from grantrules.core.ir import UNKNOWN
    from grantrules.decision import Decision
    from grantrules.diagnostics import ApplicationError, GrantRulesError, Problem, ProgrammeError
    from grantrules.examples import ExampleResult
    from grantrules.limits import Limits
    from grantrules.quantities import Money
    from grantrules.rank import RankedApplication, Ranking, RankingError
    from grantrules.record import Verification
    from grantrules.settings import ParameterError
    from grantrules.values import Range

__version__ = VERSION

_HOME = {
    "load": "api",
    "compile": "api",
    "check": "api",
    "verify": "api",
    "Programme": "api",
    "Decision": "decision",
    "Money": "quantities",
    "Range": "values",
    "Period": "calendars",
    "UNKNOWN": "core.ir",
    "Facts": "core.facts",
    "Limits": "limits",
    "Failure": "answer",
    "Missing": "answer",
    "Notice": "answer",
    "BindingCeiling": "answer",
    "Payment": "answer",
    "SupportResult": "answer",
    "ExampleResult": "examples",
    "Verification": "record",
    "Problem": "diagnostics",
    "GrantRulesError": "diagnostics",
    "ProgrammeError": "diagnostics",
    "ApplicationError": "diagnostics",
    "ParameterError": "settings",
    "Comparison": "compare",
    "Comparisons": "compare",
    "Ranking": "rank",
    "RankedApplication": "rank",
    "RankingError": "rank",
}

__all__ = [
    "UNKNOWN",
    "ApplicationError",
    "BindingCeiling",
    "Comparison",
    "Comparisons",
    "Decision",
    "ExampleResult",
    "Facts",
    "Failure",
    "GrantRulesError",
    "Limits",
    "Missing",
    "Money",
    "Notice",
    "ParameterError",
    "Payment",
    "Period",
    "Problem",
    "Programme",
    "ProgrammeError",
    "Range",
    "RankedApplication",
    "Ranking",
    "RankingError",
    "SupportResult",
    "Verification",
    "__version__",
    "check",
    "compile",
    "load",
    "verify",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'grantrules' has no attribute {name!r}")
    value = getattr(import_module(f"grantrules.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
