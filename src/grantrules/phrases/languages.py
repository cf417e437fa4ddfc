"""The speaker of a language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grantrules.core import ir
from grantrules.phrases.english import English
from grantrules.phrases.speaker import Speaker
from grantrules.phrases.turkish import Turkish


def speaker(program: ir.Program, language: str, trace: Mapping[int, Any] | None = None) -> Speaker:
    """The speaker of a language for a programme; with the values of one decision, if it was traced."""
    return (Turkish if language == "tr" else English)(program, language, trace or {})
