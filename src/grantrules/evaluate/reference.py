'''
The slow, obvious evaluator: a walk over the core with exact fractions, intervals and three-valued logic.

What an operation means is said in `core.ir`; this is the model that every other evaluator is held equal to. Where
`core.ir` leaves a choice, it is made here. **These rules bind every evaluator**: same values, bounds, causes, bindings.

1. **A value or a set of values.** An undecided value stands for all the values it may have, and a failed one for every
   value at all: `0 * failed` is 0, and `smallest of (5, failed)` is at most 5. So *undecided* is one thing, whatever
   its causes. No bound is infinity; `0 * infinity` is 0. An interval of one point is a value, without causes.
   Bounds of dates, moments, years, months and periods are whole (`int`), all others `Fraction`.
   What is no number (truth, choice, code, text, choices) has no bounds.
2. **Causes.** What is undecided carries the causes of all undecided operands. Exceptions, where an operand cannot
   matter: decided `And`, `Or` and intervals of one point carry none; `Mul` and `Extreme` as said in 6.
   A failure that is certain adds its reason; a failure that only *may* happen takes the bounds away and adds no cause.
   A certain failure carries its reason alone. Where a node gives no name for a reason (`zero_divisor`, `no_such_day`),
   `what` is `outcome.named` of the divisor, or of the first argument.
3. **Paths.** `members`, `company.trained`, `costs[2].amount` (rows count from 0). A fact not given has the cause
   `fact` of its path; a record not given asks for its fields one by one. Everything inside an unknown list has the
   path of that list.
   Absent values: `Given` sees them; `Field`, `Ref`, `Let` and `Computed` hand them on (a field of an absent record is
   absent); for every other use they fail with `absent` of the path.
4. **Bounds of facts.** A fact not given has the bounds of its `FieldDef`, unless it may turn out absent (it is optional
   or has `only_when`, or stands in such a record): then none. One that may turn out absent has no other cause for that.
5. **Lists.** Absent: every `Aggregate` fails with `absent`. Unknown, and may turn out absent: every `Aggregate` is
   undecided, with the cause of the list alone. Unknown otherwise: n rows, n in [0, maximum]. Let w and x be `where`
   (true if there is none) and `of` of a row that is all unknown. If w is false there are surely no rows. Else: number:
   n. different: n. total: n * x. average, smallest, largest: no bounds. every: true if x is; any: false if x is.
   Causes: the list, w, x. (`of` is not read where w is false.)
   Known rows, *sure* where w is true and *possible* where it is undecided (its causes go with what the row adds):
   number: [sure, sure + possible]. total: the sum of x over the sure and of [0 or x] over the possible rows.
   different: d different known values in sure rows; lowest: d, at least 1 if there is a sure row; highest: d, one more
   for each undecided x and for each further known value of a possible row. Causes: all undecided w and x read.
   every, any: `And` of (not w or x), `Or` of (w and x). average, smallest, largest: `empty_list` (of the path) if
   there is no sure and no possible row; no bounds if there is no sure one. Else smallest: lowest of all lowest, lowest
   of the sure highest; largest likewise, causes as in `Extreme`; average: that of the sure rows, stretched to the bounds
   of each possible row; causes: all undecided w and x.
6. **Numbers.** `Mul` from left to right; a factor of 0 gives 0 without causes. `Div`: a divisor of 0 fails; one whose
   interval holds 0 gives no bounds, the causes of both sides. `Extreme` smallest: [least lowest, least highest h]; an
   undecided operand whose lowest is not below h adds no cause; largest likewise. `Round` rounds both bounds.
   `Compare`: `lt`, `le`, `gt`, `ge` from the bounds; `eq` true for two equal values, false for intervals apart.
   `OneOf` of a number or date: false if no constant is inside the bounds.
   `Calendar`, undecided: `year`, `month`, `first_day`, `last_day`, `days_between`, `years_between`, `months_between`
   and `shift_days` of a date have the bounds that follow from the bounds of their arguments (the last two at least 0);
   all others none. A moment shifted by days, working days or months keeps its time of day in the zone of the
   programme; where clocks are changed over that time it fails with `no_such_day`. The only days off work are Saturdays and
   Sundays.
7. **`Choose`.** Read: in `first` the conditions up to the first that holds; in `one` and `agree` all of them, and the
   values of the arms that hold or may hold; `otherwise` where no arm holds for certain. A sure arm alone gives its value.
   `first`: the hull of the arms that may be taken. `one`: two sure arms fail; two or more arms of which at most one is
   sure: no bounds. No sure arm and one possible: the hull with `otherwise`. `agree`: sure arms with surely different
   values (the greatest lowest above the least highest; for other types, two known values) fail; two or more arms whose
   values are not all known and equal: no bounds; all known and equal: that value, if no arm is sure the hull with
   `otherwise`. Instead of `otherwise`, where there is none: `no_line` if no arm may be taken, else no bounds.
   The hull of equal values is that value; of others, all their causes with those of the undecided conditions.
8. **Supports: lines.** One line for each row, in order. A row for which `where` is false is not a line: its entries in the
   answer are `None` and no step sees it. Undecided `where`: the base spans 0; the line cannot be excluded for certain;
   its entries `lines`, `costs` and `amounts` are `Undecided` even if the interval is one point (it may turn out `None`).
   Unknown list, n rows: *one line that stands for all of them*, its amount is their sum, n * base; `base` (for
   `part`), rates and what is read from the row are of one row. An absent list is like an unknown one without maximum,
   with the cause `absent`.
   A supplement has no row: `where`, `Keep`, `Pick`, and ceilings `each` and `per` are not about it; all else is.
9. **Supports: the sum.** Beside the lines, an evaluator keeps a *least* and a *most* of their sum (at the start 0 and
   none). The sum S is [max(least, sum of the lowest), min(most, sum of the highest)]; its causes are those of the
   undecided lines. Eligible cost, before_ceilings and total are S. What each step does to least and most is below; where
   nothing is said, least becomes 0 and most stays.
   Every step: `where` for each line: true, false or undecided; `f(x)` is the line after the step. Undecided: the hull
   of x and f(x). `when` undecided: the whole step is done, and lines, rates, least, most are the hulls of before and
   after (a line that is new counts 0 before). The hull of equal things is that thing, else it has also the condition's
   causes. Lines that a step is about: *in* (true), *maybe in* (undecided).
   A step over several lines (`Pick`, `together`, `per`, `Floor`, `once`) gives each line it leaves undecided the same
   causes: all those of the amounts of lines in or maybe in, of their `where`, keys and figures read.
10. **Steps on a line.** Keep: f is 0 where false, undecided: hull of 0 and x. Ceiling each, limit L = max(0, limit - other),
   for the line of an unknown list n * L: trimmed: min(x, L); drops_line: 0 if x is surely above L, x if surely not, else
   [0, min(highest x, highest L)]. Rate: max(0, rate). Raise: max(0, result); `part / base` where base may be 0 but is not:
   no bounds. RateCeiling: min(rate, max(0, limit)). Scale: x * max(0, factor). The rate before the first `Rate` is 0, and 1
   in a support without any `Rate`.
   Apply: x * rate; least times the lowest and most times the highest rate of the lines that are not 0. Scale
   likewise, with 1 for lines it is not about and the hull with 1 for those it may be about. Supplement: max(0, amount)
   is added to least and most. Rate, Raise, RateCeiling: least and most stay.
11. **Pick.** `number` is read once, rounded down. Candidates are lines in with an amount above 0; possible candidates
   are lines that may be that. If all that is read is decided, it is done as `core.ir` says, equal amounts of a tie kept in the
   order of the lines; the lines of an undecided tie are [0, x]. Else, for a possible candidate: a = the candidates
   surely in its group (all keys known) and surely before it; b = the other possible candidates possibly in its group and
   not surely after it (n - 1 for an unknown list). Kept if b + 1 <= lowest number; 0 if it is in and a + 1 > highest number;
   else the hull of 0 and x.
12. **Ceilings together and per.** `together` is one group of all lines it is about; its limit is read once, without a row.
   A line with an undecided key is *loose*: it may belong to any group. Limit L of a group: that of its
   first line in; lines maybe in or loose may come first too: the hull. For a line of a group, R = the sum of the other
   lines of the group ([0, highest] for maybe in and for loose). pro_rata: f = x if x + R <= L, else x * L / (x + R): lowest
   from lowest x, highest R, lowest L; highest from the opposite. last_first: f = max(0, min(x, L - P)), P = the part of R
   before x. Loose: [0, min(highest x, highest of all limits)]. A group whose sum is surely within L is unchanged.
   Sum of a group: its lines, those maybe in from 0; S where the ceiling is `together` without `where`: then least =
   min(lowest S, lowest L), most = min(highest S, highest L). Otherwise most = the sum over groups of min(highest sum of
   the lines in, highest L), and the highest of all other lines, if that is less. For the line of an unknown list, `per` has
   limit n * L. `refuses` changes nothing.
13. **Floor.** S' = S where it has no `where`, else the sum of the lines in and (from 0) maybe in. F = max(0, amount).
   less_not_paid: lines 0 if S' is surely below F, unchanged if surely not, else the hull of 0 and x. Without `where`: S becomes
   0, stays, or has least 0. raised_to: unchanged if S' is surely not below F, or is 0 and not `in_any_case`. Else
   f = x if x + R >= F, else x * F / (x + R); 0 if x is 0; bounds as for pro_rata (lowest with lowest x, highest R, lowest F).
   `in_any_case` where S' may be 0 and F may be above 0: a new line: F if S' is 0, else the hull of 0 and F. Least, most without
   `where`: max(S, F) at both ends; lowest S where it may be 0 and not `in_any_case`. With `where`: most grows by the highest F.
14. **RoundLines.** once: if all lines it is about are decided, as `core.ir` says; else each line [lowest rounded down, highest
   rounded up]. S without `where`: both ends rounded; with `where`: most grows by a step unless `down`. each: each line's
   bounds are rounded; let k be the number of lines that are not 0, the line of an unknown list counting for its maximum, and e
   the error of one line (down: [-step, 0], up: [0, step], half: [-step/2, step/2]): least = lowest S + k * e rounded up to a
   step (0 with `where`), most = highest S + k * e, rounded down to a step without `where`. The line of an unknown list:
   highest + maximum * e, rounded down to a step.
15. **Bindings**, in the order of steps; `on` is the step's own, `rate` for a `RateCeiling`, `support` for a `Joint`. The cut is an
   interval: each: x - min(x, L) or x dropped; for groups: [lowest sum of the lines in - highest L, highest sum - lowest L], not
   below 0, added up (with loose lines the upper end is the sum of all highest - the least of all limits); RateCeiling: x * (rate -
   rate after), x at that step. Undecided `where` or `when`: the hull with 0. Not listed if the highest is 0;
   `certain` if the lowest is above 0. Causes: as for the lines. Unknown list, each: [0, highest x - lowest L].
16. **Excluded**: named where it is certain that this step is the first to exclude the line; else `None`.
17. **Ref.** `S` is `hull(0, total)` where `applies` is undecided, 0 where it is false; `S's eligible_cost`, `S's before_ceilings`
   likewise. `paid` has the supports that are not `only_a_basis`: `None` where one does not apply, always `Undecided` where
   that is undecided.
18. **Joint.** Over the `Ref` totals t at that point, R, L and P as in 12 (all are in). pro_rata: if the sum is above L, each
   t * L / sum in whole steps that add up to L rounded down, the largest remainders first; bounds: [down to a step, up to a
   step]. last_first: max(0, min(t, L - P)), what is cut rounded down to a step. Unchanged where the sum is surely within L.
   `when` undecided: the hull. The binding stands in `Outcome.joint`; a support that does not apply stays so.
19. **Rules.** `when` false: `not_applicable`, no conditions read. A condition that fails is undecided, never failed.
20. **Trace.** Everything outside of rows that is read: lists and records are not kept. A support without a list has no
   rows: all it reads is traced. `figures` of a step that is done: Keep, Rate (from 0), Raise (`by`), RateCeiling, Scale and
   ceilings `each` (L): one for each line, `None` where `where` is false; `together`: (L,); `per`: the L of each group
   without loose lines, by first line; Pick, Supplement, Floor: one; others none. `rates` after Rate, Raise and RateCeiling.
'''
