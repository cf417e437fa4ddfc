"""The explanation as plain JSON data: every value exactly, every sentence in the language of the story."""

from __future__ import annotations

from typing import Any

from grantrules.answer import citation_as_json, finding_as_json, text_as_json
from grantrules.core.ir import Citation
from grantrules.explain.shown import Shown
from grantrules.explain.story import FigureTold, Line, PaymentTold, Point, StepTold, Story, SupportTold

VERSION = 1


def as_json(story: Story) -> dict[str, Any]:
    """The whole tree."""
    return {
        "version": VERSION,
        "language": story.language,
        "programme": story.programme,
        "title": story.title,
        "as_of": _exact(story.as_of),
        "eligible": story.eligible,
        "result": story.result,
        "score": _exact(story.score),
        "requirements": [_point(p) for p in story.requirements],
        "advice": [_point(p) for p in story.advice],
        "refusals": list(story.refusals),
        "supports": [_support(s) for s in story.supports],
        "joint": [_step(s) for s in story.joint],
        "scores": [_figure(f) for f in story.scores],
        "results": [_figure(f) for f in story.results],
        "figures": [_figure(f) for f in story.figures],
        "parameters": [_figure(f) for f in story.parameters],
        "missing": [
            {"path": m.path, "title": m.title, "decided_by": m.decided_by, "behind": m.behind}
            for m in story.missing
        ],
        "unset": [f.name for f in story.unset],
        "undecidable": [{"kind": u.kind, "what": u.what, "message": u.text} for u in story.undecidable],
        "warnings": [
            {
                "name": w.name,
                "title": w.title,
                "message": w.message,
                "path": w.path,
                "citations": _cited(w.citations),
            }
            for w in story.warnings
        ],
        "duties": [_point(p) for p in story.duties],
        "notes": [_point(p) for p in story.notes],
        "broken_promises": [_point(p) for p in story.promises],
        "texts": [text_as_json(text) for text in story.texts],
    }


def _exact(shown: Shown | None) -> Any:
    return None if shown is None else shown.json


def _cited(citations: tuple[Citation, ...]) -> list[dict[str, Any]]:
    return [citation_as_json(citation) for citation in citations]


def _point(point: Point) -> dict[str, Any]:
    return {
        "name": point.name,
        "title": point.title,
        "status": point.status,
        "because": point.because or None,
        "switched_off": point.switched_off,
        "message": point.message or None,
        "findings": [finding_as_json(finding) for finding in point.findings],
        "citations": _cited(point.citations),
        "origin": point.text or None,
    }


def _support(support: SupportTold) -> dict[str, Any]:
    return {
        "name": support.name,
        "title": support.title,
        "status": support.status,
        "currency": support.currency,
        "gates": [_point(gate) for gate in support.gates],
        "lines": [_line(line) for line in support.lines],
        "steps": [_step(step) for step in support.steps],
        "eligible_cost": support.eligible_cost.json,
        "before_ceilings": support.before_ceilings.json,
        "total": support.total.json,
        "paid": _exact(support.paid),
        "repayable": support.repayable,
        "citations": _cited(support.citations),
        "origin": support.text or None,
        "payments": [_payment(payment) for payment in support.payments],
    }


def _payment(payment: PaymentTold) -> dict[str, Any]:
    return {
        "name": payment.name,
        "title": payment.title,
        "status": payment.status,
        "amount": payment.amount.json,
        "said": list(payment.texts),
        "citations": _cited(payment.citations),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "what": line.what or None,
        "base": _exact(line.base),
        "cost": line.cost.json,
        "rate": _exact(line.rate),
        "amount": line.amount.json,
        "excluded_by": line.excluded_by or None,
    }


def _step(step: StepTold) -> dict[str, Any]:
    return {
        "name": step.name,
        "title": step.title,
        "keyword": step.keyword,
        "status": step.status,
        "switched_off": step.switched_off,
        "did": list(step.texts),
        "before": _exact(step.before),
        "after": step.after.json,
        "amounts": [amount.json for amount in step.amounts],
        "rates": [rate.json for rate in step.rates],
        "citations": _cited(step.citations),
        "origin": step.text or None,
    }


def _figure(figure: FigureTold) -> dict[str, Any]:
    return {
        "name": figure.name,
        "title": figure.title,
        "keyword": figure.keyword,
        "value": figure.value.json,
        "text": figure.value.text,
        "because": figure.how or None,
        "citations": _cited(figure.citations),
        "origin": figure.text or None,
    }
