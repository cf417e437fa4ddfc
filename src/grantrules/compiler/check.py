"""The one door of the compiler: a syntax tree goes in, a typed core or every mistake comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import TypeGuard

from attrs import evolve, fields

from grantrules import calendars
from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.compiler.analysis import contradictions
from grantrules.compiler.changes import invariance
from grantrules.compiler.context import POINTS_OF_ALL, RULES_AS_OF, Context, Figure, place
from grantrules.compiler.data import code_list, complete_fields, declare_fields
from grantrules.compiler.examples import make_examples
from grantrules.compiler.expressions import Reader
from grantrules.compiler.figures import (
    by_cases,
    check_versions,
    declare_choice,
    make_computed,
    make_definition,
    make_parameter,
    make_table,
    names_of,
    parameter,
    periods,
    statement_in_force,
    store,
    whens,
)
from grantrules.compiler.instalments import Instalments, check_instalments, figures_of, taken_names
from grantrules.compiler.literals import check_currency, unknown_zone
from grantrules.compiler.order import in_order_of_need, words_of
from grantrules.compiler.others import promised_as_in
from grantrules.compiler.ranking_examples import make_ranking_examples
from grantrules.compiler.rankings import make_ranking
from grantrules.compiler.roundings import declare_rounding
from grantrules.compiler.supports import make_joint, make_support
from grantrules.compiler.working_days import declare_calendar
from grantrules.core import ir
from grantrules.core.bound import Bound
from grantrules.core.verify import verify
from grantrules.diagnostics import Label, Problem, Words
from grantrules.limits import DEFAULT_LIMITS, Limits
from grantrules.source import Source, Span
from grantrules.syntax import tree as syn
from grantrules.texts.amending import Change
from grantrules.texts.binding import Whole

MOST_PLACES = 4
HERE_TOO = Words("and here", "burada da")
HEADS = ("programme", "program", "library", "kitaplık", "amendment", "değişiklik")
PROGRAMME_WORDS = Words("a programme line", "bir program satırı")
APPLICATION_WORDS = Words("an application", "bir başvuru")


def compile_module(
    module: syn.Module, source: Source, limits: Limits = DEFAULT_LIMITS
) -> tuple[ir.Program | None, tuple[Problem, ...]]:
    """A programme of one file; see `compile_whole`."""
    return compile_whole(Whole(module, source), limits)


def compile_whole(
    whole: Whole, limits: Limits = DEFAULT_LIMITS, others: Mapping[str, ir.Program] | None = None
) -> tuple[ir.Program | None, tuple[Problem, ...]]:
    """
    Check a programme and lower it to the typed core.

    Args:
        others: the programmes that its promises name, as far as they can be used.

    Returns:
        the programme, or `None` if there is a problem that is not a warning; and all problems, in reading order.
    """
    source = whole.source
    ctx = Context(source, whole.module.language, limits, whole.homes)
    ctx.lost.update(whole.lost)
    ctx.others = others or {}
    ctx.repealed = {change.name: change.span for change in whole.changes if change.how == "repealed"}
    try:
        program = _Compilation(ctx, whole).run()
    except RecursionError:  # The last net; what honest programmes do is bounded and made in order of need.
        program = None
        ctx.report(pr.TooEntangled(span=ctx.working_on))
    end = Span(len(source.text), len(source.text))
    for kind in (pr.MoreMistakes, pr.MoreWarnings):
        if count := ctx.more(kind.severity):
            ctx.problems.append(kind(count=count, span=end, source=source))
    found = gathered(sorted(ctx.problems, key=lambda p: (p.span.start, p.code)))
    if program is None or any(p.severity == "error" for p in found):
        return None, found
    verify(program)
    bound = Bound(program, limits)
    if bound.total > limits.steps:
        about, _ = max(bound.by_statement, key=lambda pair: pair[1])
        too_much = pr.TooMuchWork(span=about.span, source=source, steps=bound.total, most=limits.steps)
        return None, (*found, too_much)
    return program, found


def gathered(problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems in their order; a name that is unknown in many places is one problem with many places."""
    out: list[Problem] = []
    first: dict[tuple[str, str], int] = {}
    for problem in problems:
        match problem:
            case pr.UnknownName(name=name):
                key = ("", name)
            case pr.UnknownValue(name=name, of=of):
                key = (of, name)
            case _:
                out.append(problem)
                continue
        at = first.setdefault(key, len(out))
        if at == len(out):
            out.append(problem)
        elif len(out[at].labels) < MOST_PLACES:
            out[at] = evolve(out[at], labels=(*out[at].labels, Label(problem.span, HERE_TOO)))
    return tuple(out)


class _Compilation:
    """The order of work: heads, shapes of data, figures on demand, rules, supports, examples."""

    def __init__(self, ctx: Context, whole: Whole) -> None:
        self.ctx = ctx
        self.whole = whole
        self.module = whole.module
        self.programme: syn.Programme | None = None
        self.rules: dict[str, str] = {}
        self.rule_places: dict[str, Span] = {}
        self.invariances: list[ir.Invariance] = []
        self.scores: list[str] = []
        self.results: list[str] = []
        self.rankings: list[ir.Ranking] = []
        self.instalments: dict[str, Instalments] = {}
        self.payments: dict[str, tuple[ir.Instalment, ...]] = {}
        self.indicators: list[ir.ParameterDef] = []
        self.as_of: ir.Expr | None = None
        self.applying: dict[str, list[syn.Exception_]] = {}
        self.joining: set[int] = set()
        ctx.elaborate = self.elaborate
        ctx.elaborate_computed = self.elaborate_computed

    def of(self, *kinds: type) -> Iterable[syn.Statement]:
        """The statements of some kinds, in reading order."""
        return (s for s in self.module.statements if isinstance(s, kinds))

    def run(self) -> ir.Program | None:
        """Everything, in order."""
        ctx = self.ctx
        broken = [s for s in self.of(syn.Broken) if isinstance(s, syn.Broken)]
        ctx.lose(broken)
        ctx.units = set(_units(self.module))
        self.head()
        records, application = self.shapes()
        self.declare()
        self.dates()
        for record, name in self.in_order():
            if record:
                self.elaborate_computed(record, name)
            else:
                self.elaborate(name)
        for joint in list(ctx.joints):
            self.joint(joint)
        self.state_rules()
        self.total_points()
        self.pay()
        self.rank()
        for rule in ctx.imprecise.values():
            self.rules.setdefault(rule.about.name, "precision")
        examples = make_examples(
            ctx, [s for s in self.of(syn.Example) if isinstance(s, syn.Example)], self.rules
        )
        ranking_examples = self.ranking_examples(examples)
        ctx.body += ctx.imprecise.values()
        programme = self.programme
        if programme is None or broken or any(p.severity == "error" for p in ctx.problems):
            return None
        if programme.kind != "library":
            self.unused()
        contradictions(ctx)
        return ir.Program(
            about=ctx.about(programme.heading, programme.kind, programme.file_name),
            source=ctx.source,
            language=self.module.language,
            authority=programme.authority,
            currency=ctx.currency,
            zone=ctx.zone,
            month_end=ctx.month_end or "refused",
            nace=ctx.nace,
            as_of=self.as_of,
            application=ir.RecordDef("application", tuple(ctx.application.values()), application),
            records={n: ir.RecordDef(n, tuple(f.values()), records[n]) for n, f in ctx.fields.items()},
            choices=ctx.choices,
            codes=ctx.codes,
            parameters=ctx.parameters,
            computed=tuple(ctx.computed),
            body=tuple(ctx.body),
            scores=tuple(self.scores),
            results=tuple(self.results),
            indicators=tuple(self.indicators),
            examples=examples,
            invariances=tuple(self.invariances),
            slots=ctx.slots,
            rankings=tuple(self.rankings),
            ranking_examples=ranking_examples,
            payments=self.payments,
            changes=tuple(self.change(change) for change in self.whole.changes),
            texts=tuple(self.text_of(head) for head in self.whole.heads or (programme,)),
            others={name: evolve(ctx.others[name], others={}) for name, fits in ctx.compared.items() if fits},
            calendars=tuple(c for c in ctx.calendars.values() if ctx.is_used(c.about)),
            roundings=tuple(r for n, r in ctx.roundings.items() if n in ctx.amounts_rounded_by),
        )

    def change(self, change: Change) -> ir.Change:
        """What an amendment did."""
        ctx = self.ctx
        first, last = change.days or (None, None)
        old = None if change.old is None else ctx.text_at(change.old)
        text = ctx.text_at(change.span)
        return ir.Change(change.how, change.name, text, old, first, last, change.support, change.span)

    def text_of(self, head: syn.Programme) -> ir.RulesText:
        """A file of the programme."""
        ctx = self.ctx
        return ir.RulesText(
            head.file_name,
            head.kind,
            ctx.by_language(head.heading.titles),
            ctx.language_at(head.span),
            ctx.source.file_at(head.span.start),
        )

    # ---- heads ---------------------------------------------------------------------------------------------------

    def head(self) -> None:
        """The programme line and the sources of law."""
        ctx = self.ctx
        for node in self.of(syn.SourceText):
            assert isinstance(node, syn.SourceText)
            key = ctx.source.file_at(node.span.start), node.name.text
            if key in ctx.sources:
                labels = ctx.other(ctx.sources[key].name.span)
                ctx.report(pr.TwiceDeclared(span=node.name.span, name=node.name.text, labels=labels))
            ctx.sources[key] = node
        for node in self.of(syn.Programme):
            assert isinstance(node, syn.Programme)
            if self.programme is not None:
                labels = ctx.other(ctx.first_line(self.programme.span))
                ctx.report(pr.SecondHead(span=ctx.first_line(node.span), what=PROGRAMME_WORDS, labels=labels))
                continue
            self.programme = node
        programme = self.programme
        broken = any(isinstance(s, syn.Broken) and s.keyword in HEADS for s in self.module.statements)
        if programme is None:
            if not broken and self.module.statements:
                start = self.module.statements[0].span.start
                ctx.report(pr.NoProgramme(span=ctx.first_line(Span(start, start))))
            ctx.currency, ctx.zone, ctx.has_as_of = self.likely_currency(), "Etc/UTC", True
            return
        heads = self.whole.heads or (programme,)
        ctx.names = {ctx.source.file_at(head.span.start): head.file_name for head in heads}
        ctx.month_end = programme.month_end
        ctx.nace = programme.nace or "2"
        ctx.as_of, ctx.has_as_of = programme.as_of, programme.as_of is not None
        ctx.programme_year = programme.programme_year
        ctx.currency = self.header_currency(programme)
        ctx.zone = self.header_zone(programme)

    def header_currency(self, programme: syn.Programme) -> str:
        """The currency of the programme."""
        ctx = self.ctx
        if programme.currency is None and programme.kind == "library" and not _has_money(self.module):
            return self.likely_currency()
        if programme.currency is None:
            line = Words("currency TRY", "para birimi TRY")
            reason = Words(
                "Amounts of money are in a currency, and the programme does not name one.",
                "Para tutarlarının bir para birimi olur; program hangisi olduğunu söylemiyor.",
            )
            ctx.report(pr.MissingHeader(span=ctx.first_line(programme.span), line=line, reason=reason))
            return self.likely_currency()
        check_currency(ctx, programme.currency.text, programme.currency.span)
        return programme.currency.text

    def likely_currency(self) -> str:
        """The currency that the file writes most often, where its head does not say one."""
        written = re.findall(r"[0-9] ([A-Z]{3})\b", self.ctx.source.text)
        return max(dict.fromkeys(written), key=written.count, default="EUR")

    def header_zone(self, programme: syn.Programme) -> str:
        """The time zone of the programme; needed only if something is a moment."""
        ctx = self.ctx
        if programme.zone is None:
            if any(
                isinstance(s, syn.Record | syn.Application) and _has_moment(s) for s in self.module.statements
            ):
                line = Words("time zone Europe/Istanbul", "saat dilimi Europe/Istanbul")
                reason = Words(
                    "One moment falls on different days in different places, and the programme does not say where it is.",
                    "Bir an, başka yerlerde başka günlere düşer; program hangi yerin saati olduğunu söylemiyor.",
                )
                ctx.report(pr.MissingHeader(span=ctx.first_line(programme.span), line=line, reason=reason))
            return "Etc/UTC"
        if calendars.zone(programme.zone.text) is None:
            ctx.report(unknown_zone(programme.zone.text, programme.zone.span))
            return "Etc/UTC"
        return programme.zone.text

    # ---- the shape of the data -----------------------------------------------------------------------------------

    def shapes(self) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
        """Records, the application and code lists; gives the titles of records and of the application."""
        ctx = self.ctx
        titles: dict[str, dict[str, str]] = {}
        nodes: dict[str, syn.Record] = {}
        for node in self.of(syn.Record):
            assert isinstance(node, syn.Record)
            name = node.heading.named.text
            if name in nodes:
                labels = ctx.other(place(nodes[name].heading))
                ctx.report(pr.TwiceDeclared(span=place(node.heading), name=name, labels=labels))
                continue
            nodes[name] = node
            ctx.fields[name] = {}
            titles[name] = dict(ctx.about(node.heading, "record").titles)
        declared = {
            name: declare_fields(ctx, name, node.fields, ctx.fields[name]) for name, node in nodes.items()
        }
        application: syn.Application | None = None
        for other in self.of(syn.Application):
            assert isinstance(other, syn.Application)
            if application is not None:
                labels = ctx.other(ctx.first_line(application.span))
                ctx.report(
                    pr.SecondHead(span=ctx.first_line(other.span), what=APPLICATION_WORDS, labels=labels)
                )
                continue
            application = other
        facts = {} if application is None else declare_fields(ctx, "", application.fields, ctx.application)
        lists: dict[str, syn.CodeList] = {}
        for listed in self.of(syn.CodeList):
            assert isinstance(listed, syn.CodeList)
            name = listed.heading.named.text
            if name in lists:
                labels = ctx.other(place(lists[name].heading))
                ctx.report(pr.TwiceDeclared(span=place(listed.heading), name=name, labels=labels))
            lists.setdefault(name, listed)
        including = {n: [line.list.text for line in s.lines if line.list] for n, s in lists.items()}
        for name in in_order_of_need(including):
            code_list(ctx, lists[name], lists, ())
        for rounding in self.of(syn.SharedRounding):
            assert isinstance(rounding, syn.SharedRounding)
            declare_rounding(ctx, rounding)
        for calendar in self.of(syn.WorkingCalendar):
            assert isinstance(calendar, syn.WorkingCalendar)
            declare_calendar(ctx, calendar)
        self.pending = [*((n, d, ctx.fields[n]) for n, d in declared.items()), ("", facts, ctx.application)]
        own = (
            {}
            if application is None
            else dict(ctx.about(application.heading, "application", "application").titles)
        )
        return titles, own

    # ---- figures -------------------------------------------------------------------------------------------------

    def declare(self) -> None:
        """Every name that rules may use, before any of them is read."""
        ctx = self.ctx
        for node in self.module.statements:
            match node:
                case syn.Parameter():
                    self.name_figure("parameter", node, node.heading)
                case syn.Support():
                    self.name_figure("support", node, node.heading)
                case syn.Score():
                    self.name_figure("score", node, node.heading)
                case syn.Result():
                    self.name_figure("result", node, node.heading)
                case syn.Define(owner=None):
                    self.name_figure("define", node, node.heading, several=True)
                case syn.Table(owner=None):
                    for result in names_of(node):
                        self.name_figure("table", node, node.heading, several=True, name=result)
                case syn.Define(owner=syn.Name() as owner) | syn.Table(owner=syn.Name() as owner):
                    self.name_computed(owner, node)
                case syn.Exception_():
                    ctx.exceptions.setdefault(node.to.text, []).append(node)
                    self.name_rule(node.heading.named, "exception")
                case syn.JointCeiling():
                    ctx.joints.append(node)
                    self.name_rule(node.heading.named, "ceiling")
                case syn.Ranking():
                    self.name_rule(node.heading.named, "ranking")
                case syn.Rule() | syn.Promise():
                    if self.rules.get(node.heading.named.text) != "rule" or not node.heading.in_force:
                        self.name_rule(node.heading.named, "rule")
                case _:
                    pass
            if isinstance(node, syn.Define | syn.Table):
                declare_choice(ctx, node)
        if any(isinstance(s, syn.Score) for s in self.module.statements):
            ctx.figures["all_points"] = Figure("points", [])
            if self.module.language == "tr":
                ctx.figures["tüm_puanlar"] = ctx.figures["all_points"]
        for support in self.of(syn.Support):
            assert isinstance(support, syn.Support)
            for step in (*support.steps, *support.requires):
                name = step.heading.name
                if name is not None and not step.heading.in_force:
                    self.name_rule(name, "step")
                elif name is not None:
                    self.rules.setdefault(name.text, "step")
                    self.rule_places.setdefault(name.text, name.span)
            self.name_instalments(support)
        for record, nodes, into in self.pending:
            complete_fields(ctx, record, nodes, into)

    def name_instalments(self, support: syn.Support) -> None:
        """The instalments of a support are figures of it."""
        ctx = self.ctx
        owner = support.heading.named
        figure = ctx.figures.get(owner.text)
        if figure is None or figure.declared[0] is not support:
            return
        twice = list(taken_names(support))
        for name, text, first in twice:
            if first is None:
                ctx.report(pr.NameOfLanguage(span=name.span, name=text, of_support=True))
            else:
                ctx.report(pr.TwiceDeclared(span=name.span, name=text, labels=ctx.other(first.span)))
        if twice:
            return
        self.instalments[owner.text] = Instalments(ctx, support)
        for name_, node in figures_of(support):
            ctx.figures[name_] = Figure("instalment", [node])

    def in_order(self) -> list[tuple[str, str]]:
        """The figures (without a record) and computed fields, each after those it needs."""
        ctx = self.ctx
        declared = {("", n): f.declared for n, f in ctx.figures.items()}
        declared |= {(r, n): f.declared for (r, n), f in ctx.computed_types.items()}
        named: dict[str, list[tuple[str, str]]] = {}
        for key in declared:
            named.setdefault(key[1], []).append(key)
        needs = {
            key: [
                needed
                for node in nodes
                for word in words_of(ctx.source.text[node.span.start : node.span.end])
                for needed in named.get(word, ())
            ]
            for key, nodes in declared.items()
        }
        return in_order_of_need(needs)

    def name_rule(self, name: syn.Name, kind: str) -> None:
        """Rules, steps, promises and exceptions share one name space."""
        if name.text in self.rules:
            first = self.rule_places.get(name.text)
            labels = () if first is None else self.ctx.other(first)
            versions = kind in ("rule", "step")
            self.ctx.report(
                pr.TwiceDeclared(span=name.span, name=name.text, versions=versions, labels=labels)
            )
        self.rules[name.text] = kind
        self.rule_places.setdefault(name.text, name.span)

    def name_figure(
        self, kind: str, node: syn.Statement, heading: syn.Heading, *, several: bool = False, name: str = ""
    ) -> None:
        """Facts and figures share one name space; versions of a definition share a name."""
        ctx = self.ctx
        name = name or heading.named.text
        if name in POINTS_OF_ALL:
            ctx.report(pr.NameOfLanguage(span=place(heading), name=name))
            ctx.lost.add(name)
            return
        fact = ctx.application.get(name)
        before = ctx.figures.get(name)
        if fact is not None:
            ctx.report(pr.TwiceDeclared(span=place(heading), name=name, labels=ctx.other(fact.span)))
            return
        if before is None:
            ctx.figures[name] = Figure(kind, [node])
            return
        first = before.declared[0]
        both_dated = bool(heading.in_force) and all(_heading(d).in_force for d in before.declared)
        if several and before.kind == kind and both_dated:
            before.declared.append(node)
        else:
            versions = several and before.kind == kind
            labels = ctx.other(place(_heading(first)))
            ctx.report(pr.TwiceDeclared(span=place(heading), name=name, versions=versions, labels=labels))

    def name_computed(self, owner: syn.Name, node: syn.Define | syn.Table) -> None:
        """A computed field of a record."""
        ctx = self.ctx
        if owner.text not in ctx.fields:
            ctx.unknown(owner, pr.A_RECORD, ctx.fields)
            return
        names = names_of(node) if isinstance(node, syn.Table) else [node.heading.named.text]
        for name in names:
            given = ctx.fields[owner.text].get(name)
            before = ctx.computed_types.get((owner.text, name))
            if given is not None:
                ctx.report(
                    pr.TwiceDeclared(span=place(node.heading), name=name, labels=ctx.other(given.span))
                )
            elif before is None:
                ctx.computed_types[owner.text, name] = Figure("computed", [node])
            elif node.heading.in_force and all(_heading(d).in_force for d in before.declared):
                before.declared.append(node)
            else:
                labels = ctx.other(place(_heading(before.declared[0])))
                ctx.report(
                    pr.TwiceDeclared(span=place(node.heading), name=name, versions=True, labels=labels)
                )

    def dates(self) -> None:
        """The day of the rules, as the first figure of the body."""
        ctx = self.ctx
        if ctx.as_of is None:
            return
        day = Reader(ctx).date(ctx.as_of)
        if day is None:
            return
        self.as_of = day
        about = ir.About(
            RULES_AS_OF, "rules_as_of", {"en": "Rules as of", "tr": "Kuralların tarihi"}, span=ctx.as_of.span
        )
        ctx.body.insert(0, ir.Let(about, day))

    def elaborate(self, name: str) -> None:
        """Make a figure, and first all it needs; a figure that needs itself is a circle."""
        ctx = self.ctx
        figure = ctx.figures[name]
        if figure.kind == "points":
            self.total_points()
            return
        if figure.state == "done":
            self.after(name)
            return
        if figure.state == "making":
            if name in ctx.making:
                self.circle(name)
                figure.state = "done"
            return
        figure.state = "making"
        ctx.making.append(name)
        made = self.make(name, figure)
        ctx.making.pop()
        figure.state = "done"
        if made is not None:
            figure.type, figure.not_always = made
        else:
            figure.type = None
        self.after(name)

    def after(self, name: str) -> None:
        """A support under joint ceilings is complete only with them."""
        for joint in list(self.ctx.joints):
            if name in _supports_of(joint):
                self.joint(joint)

    def joint(self, node: syn.JointCeiling) -> None:
        """A joint ceiling, once: below those written above it over one of its supports, and when none of these is open."""
        ctx, names = self.ctx, _supports_of(node)

        def above() -> list[syn.JointCeiling]:
            return [
                j for j in takewhile(lambda each: each is not node, ctx.joints) if names & _supports_of(j)
            ]

        for other in above():
            self.joint(other)
        if above() or names & {*ctx.making} or id(node) in self.joining:
            return
        self.joining.add(id(node))
        make_joint(ctx, node)
        ctx.joints = [each for each in ctx.joints if each is not node]
        for over in node.over:
            self.after(over.text)

    def make(self, name: str, figure: Figure) -> tuple[ty.Type, bool] | None:
        """One figure by its kind."""
        ctx = self.ctx
        node = figure.declared[0]
        match node:
            case syn.Parameter():
                kind = make_parameter(ctx, name, node)
                return None if kind is None else (kind, False)
            case syn.Define():
                return make_definition(ctx, name, [n for n in figure.declared if isinstance(n, syn.Define)])
            case syn.Table():
                return make_table(ctx, name, [n for n in figure.declared if isinstance(n, syn.Table)])
            case syn.Support():
                kind = make_support(ctx, node, name)
                return None if kind is None else (kind, False)
            case syn.Score():
                self.scores.append(name)
                figure.used = True
                chosen = by_cases(Reader(ctx), node.value, name, ty.Points())
                return None if chosen is None else store(ctx, ctx.about(node.heading, "score"), chosen)
            case syn.Result():
                self.results.append(name)
                figure.used = True
                cases = syn.Cases((syn.Case(node.value, None, span=node.value.span),), span=node.value.span)
                chosen = by_cases(Reader(ctx), cases, name)
                return None if chosen is None else store(ctx, ctx.about(node.heading, "result"), chosen)
            case syn.Instalment():
                support, own = name.split("'s ", 1)
                if own == node.heading.named.text:
                    kind = self.instalments[support].make(node)
                else:  # One of equal parts, or the day of an instalment: made together with it.
                    self.elaborate(f"{support}'s {node.heading.named.text}")
                    made = (s.value.type for s in ctx.body if isinstance(s, ir.Let) and s.name == name)
                    kind = next(made, None)
                return None if kind is None else (kind, False)
            case _:
                return None

    def elaborate_computed(self, record: str, name: str) -> None:
        """Make a computed field, and first all it needs."""
        ctx = self.ctx
        figure = ctx.computed_types[record, name]
        shown = f"{record}'s {name}"
        if figure.state == "done":
            return
        if figure.state == "making":
            if shown in ctx.making:
                self.circle(shown)
                figure.state = "done"
            return
        figure.state = "making"
        ctx.making.append(shown)
        nodes = [n for n in figure.declared if isinstance(n, syn.Define | syn.Table)]
        made = make_computed(ctx, record, name, nodes)
        ctx.making.pop()
        figure.state = "done"
        if made is not None:
            figure.type, figure.not_always = made

    def circle(self, name: str) -> None:
        """Report the figures that are being made and lead back to this one, from the one that is written first."""
        ctx = self.ctx
        around = ctx.making[ctx.making.index(name) :]
        declared = {f"{r}'s {n}": f for (r, n), f in ctx.computed_types.items()} | ctx.figures
        # Nobody declared `all_points`.
        places = {n: place(_heading(declared[n].declared[0])) for n in around if declared[n].declared}
        first = around.index(min(places, key=lambda name: places[name]))
        names = (*around[first:], *around[: first + 1])
        ctx.report(pr.Cycle(span=places[around[first]], names=names))

    def total_points(self) -> None:
        """`all_points`: the sum of the scores, as a figure of its own."""
        ctx = self.ctx
        figure = ctx.figures.get("all_points")
        if figure is None or figure.state == "done":
            return
        if figure.state == "making":
            self.circle("all_points")
            return
        figure.state, figure.used = "making", True
        names = [n for n, f in ctx.figures.items() if f.kind == "score"]
        ctx.making.append("all_points")
        for name in names:
            self.elaborate(name)
        ctx.making.pop()
        figure.state, figure.type = "done", ty.Points()
        terms = tuple(
            (1, ctx.ref(n, ty.Points(), self.module.span)) for n in names if ctx.figures[n].type is not None
        )
        if not terms:
            return
        total = ir.Add(terms, type=ty.Points(), span=self.module.span, at=ctx.at())  # type: ignore[arg-type]  # the sign is 1
        about = ir.About("all_points", "score", {"en": "All points", "tr": "Tüm puanlar"})
        ctx.body.append(ir.Let(about, total))

    def pay(self) -> None:
        """The instalments of each support that has any."""
        for support, made in self.instalments.items():
            check_instalments(self.ctx, made.node)
            if made.node.instalments:
                self.payments[support] = made.told()

    def rank(self) -> None:
        """The rankings, once every figure they may read is made."""
        for node in self.of(syn.Ranking):
            assert isinstance(node, syn.Ranking)
            made = make_ranking(self.ctx, node)
            if made is not None:
                self.rankings.append(made)

    def ranking_examples(self, examples: tuple[ir.Example, ...]) -> tuple[ir.RankingExample, ...]:
        """What rankings must come to; a library can have none, and that is said already."""
        if self.programme is not None and self.programme.kind == "library":
            return ()
        made = {each.about.name: each for each in self.rankings}
        nodes = (s for s in self.of(syn.Ranking) if isinstance(s, syn.Ranking))
        rankings = {n.heading.named.text: made.get(n.heading.named.text) for n in nodes}
        stated = [s for s in self.of(syn.RankingExample) if isinstance(s, syn.RankingExample)]
        return make_ranking_examples(self.ctx, stated, examples, rankings)

    # ---- rules ---------------------------------------------------------------------------------------------------

    def state_rules(self) -> None:
        """Requirements, advice, duties, notes and promises, in reading order."""
        ctx = self.ctx
        versions: dict[str, list[syn.Rule]] = {}
        rules = {s.heading.named.text for s in self.of(syn.Rule) if isinstance(s, syn.Rule)}
        for name, nodes in ctx.exceptions.items():
            if name not in rules:
                for node in nodes:
                    ctx.unknown(node.to, pr.A_RULE, rules)
        for statement in self.module.statements:
            match statement:
                case syn.Rule():
                    versions.setdefault(statement.heading.named.text, []).append(statement)
                    self.rule(statement)
                case syn.Promise():
                    self.promise(statement)
                case syn.Indicator():
                    made = parameter(ctx, statement)
                    if made is not None:
                        self.indicators.append(made)
                case _:
                    pass
        for name, nodes_ in versions.items():
            if len(nodes_) > 1:
                check_versions(ctx, name, [p for n in nodes_ for p in periods(ctx, n.heading)])

    def rule(self, node: syn.Rule) -> None:
        """One rule; its exceptions become figures of their own that switch it off."""
        ctx = self.ctx
        reader = Reader(ctx)
        conditions = reader.conditions(node.conditions)
        parts = [*whens(reader, node.whens), statement_in_force(ctx, node.heading)]
        name = node.heading.named.text
        for exception in ctx.exceptions.get(name, ()):
            off = self.exception(exception)
            if off is not None:
                parts.append(ctx.negated(off))
        when = ctx.both(parts, node.span)
        ctx.body.append(ir.Rule(ctx.about(node.heading, node.kind, name), node.kind, when, conditions))

    def exception(self, node: syn.Exception_) -> ir.Expr | None:
        """An exception as a figure: it holds, so the rule does not apply."""
        ctx = self.ctx
        reader = Reader(ctx)
        name = node.heading.named.text
        if any(isinstance(s, ir.Let) and s.name == name for s in ctx.body):
            return ctx.ref(name, ty.YesNo(), node.span)  # The rule has several versions.
        held = ctx.both(
            [
                *reader.conditions(node.conditions),
                *whens(reader, node.whens),
                statement_in_force(ctx, node.heading),
            ],
            node.span,
        )
        if held is None:
            return None
        ctx.body.append(ir.Let(ctx.about(node.heading, "exception", name), held))
        return ctx.ref(name, ty.YesNo(), node.span)

    def promise(self, node: syn.Promise) -> None:
        """Conditions are checked on every decision; invariances are kept for the tools."""
        ctx = self.ctx
        reader = Reader(ctx)
        about = ctx.about(node.heading, "promise")
        conditions = reader.conditions(node.conditions)
        when = ctx.both(whens(reader, node.whens), node.span)
        promised = tuple(each for each in map(self.promised, node.promised) if each is not None)
        if conditions or promised:
            ctx.body.append(ir.Rule(about, "promise", when, conditions, promised))
        for line in node.invariances:
            made = invariance(reader, about, line, when)
            if made is not None:
                self.invariances.append(made)

    def promised(self, node: syn.Promised) -> ir.Promised | None:
        """What a promise says of eligibility; a rule it names must be there."""
        if node.programme is not None:
            return promised_as_in(self.ctx, node, node.programme)
        rules = {s.heading.named.text for s in self.of(syn.Rule) if _decides(s)}
        if node.rule is not None and node.rule.text not in rules:
            self.ctx.unknown(node.rule, pr.A_RULE, rules)
            return None
        return ir.Promised(node.kind, node.rule.text if node.rule else None, node.span)

    def unused(self) -> None:
        """Parameters and definitions that nothing uses."""
        ctx = self.ctx
        figures = [(n, f) for n, f in ctx.figures.items() if f.kind in ("parameter", "define")]
        figures += [(f"{r}'s {n}", f) for (r, n), f in ctx.computed_types.items()]
        for about in (*(r.about for r in ctx.roundings.values()), *(c.about for c in ctx.calendars.values())):
            if not ctx.is_used(about) and not ctx.is_taken(about.span):
                ctx.report(pr.NeverUsed(span=ctx.stated_at(about), name=about.name))
        for name, figure in figures:
            if not figure.used and figure.declared and not ctx.is_taken(figure.declared[0].span):
                ctx.report(pr.NeverUsed(span=place(_heading(figure.declared[0])), name=name))


def _decides(node: syn.Statement) -> TypeGuard[syn.Rule]:
    """Whether a statement is a rule that can fail."""
    return isinstance(node, syn.Rule) and node.kind in {"require", "advise"}


def _heading(node: syn.Statement | syn.Instalment) -> syn.Heading:
    heading = getattr(node, "heading", None)
    return heading if isinstance(heading, syn.Heading) else syn.Heading(None, span=node.span)


def _has_money(module: syn.Module) -> bool:
    """Whether `money` stands somewhere as a type without its currency."""
    stack: list[object] = [module.statements]
    while stack:
        part = stack.pop()
        if isinstance(part, tuple):
            stack += part
        elif isinstance(part, syn.TypeName):
            if part.kind == "money" and part.of is None:
                return True
        elif isinstance(part, syn.Node):
            stack += (getattr(part, attribute.name) for attribute in fields(type(part)))
    return False


def _units(module: syn.Module) -> Iterator[str]:
    """The units that facts and parameters are measured in, or that a price is for."""
    for node in module.statements:
        if isinstance(node, syn.Record | syn.Application):
            types = [f.type for f in node.fields]
        elif isinstance(node, syn.Parameter | syn.Indicator):
            types = [node.type]
        else:
            continue
        yield from (t.unit for t in types if t.unit and t.kind in ("quantity", "money"))


def _has_moment(node: syn.Record | syn.Application) -> bool:
    return any(f.type.kind == "moment" for f in node.fields)


def _supports_of(node: syn.JointCeiling) -> set[str]:
    return {over.text for over in node.over}
