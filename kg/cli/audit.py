"""The command `kg audit`: what every passage of a plan was read as, and what was not understood."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import PurePath

import click

from exports.people import for_reader
from exports.rows import TABLE_WRITERS, write
from exports.terminal import escaped_line
from kg.cli.common import file_job, format_option, output_file, output_option, store_option, tell
from kg.cli.query import read_parameters
from ontology import words
from ontology.model.errors import Refused, Usage
from ontology.model.store import Table

PASSAGE_COLUMNS = ("file", "plan", "kind", "reason", "suspicious", "cue", "share", "start", "end", "page", "quote")
SUSPICIOUS_COLUMNS = ("file", "reason", "cue", "start", "quote")  # of a suspicious passage, for a person
MAX_QUOTE_LENGTH = 60  # characters of a quote in a drawn table


@click.command()
@click.argument("files", nargs=-1)
@store_option
@click.option("-p", "--param", "pairs", multiple=True, metavar="plan=…", help="With a store: these plans alone.")
@format_option(*TABLE_WRITERS, default="table")
@output_option
@click.option("--strict", is_flag=True, help="Exit status 1 where a passage is suspicious.")
@click.pass_context
def audit(
    context: click.Context,
    files: tuple[str, ...],
    store: str,
    pairs: tuple[str, ...],
    format_: str,
    output: str,
    strict: bool,
) -> None:
    """Account for the text of plans: what was read as what, and what looks like a fact and gave none.

    With FILES, every character is accounted for; without, the passages of a store that were not understood are listed.
    The table sums up and lists what is suspicious, or a line on standard error says that nothing is; the other formats
    have a row for each passage. With --strict the exit status is 1 where a passage is suspicious.

    \b
    Example: kg audit plan.docx
    """
    if files and pairs:
        raise Usage("-p chooses plans of a store: leave out the files, or the -p")
    table = _of_files(files) if files else _of_store(store, pairs)
    with output_file(output) as out:
        if format_ == "table":
            for part in filter(lambda part: part.rows, _summary(table, bool(files))):
                write(for_reader(part, words.COLUMN_LISTS.get, words.language()), "table", out)
        else:
            write(table, format_, out)
    suspicious = any(row[PASSAGE_COLUMNS.index("suspicious")] for row in table.rows)
    if format_ == "table" and (table.rows or not pairs) and not suspicious:
        tell("kg: no passage looks like a fact and gave none", err=True)
    if strict and suspicious:
        context.exit(1)


def _of_files(files: Sequence[str]) -> Table:
    """A row, with the columns PASSAGE_COLUMNS (file, plan, kind, reason, suspicious, cue, share, start, end, page,
    quote), for each passage of the files (- for standard input), in their order; `file` is the file's name, of several
    with one name the path as given. A file that is refused is named on standard error and left out; raises Refused
    where all of them are, and there is one at least."""
    from kg.builder.jobs import account_of
    from kg.builder.workers import answer_of

    rows: list[tuple[object, ...]] = []
    refused = []
    of_one_name = Counter(PurePath(file).name for file in dict.fromkeys(files))
    for file in files:
        try:
            title, name, passages = answer_of(account_of, file_job(file))
        except Refused as refusal:
            refused.append(refusal)
            tell(escaped_line(f"refused: {refusal}"), err=True)
            continue
        name = file if of_one_name[PurePath(file).name] > 1 else name
        for passage in passages:
            proof = passage.evidence
            account = (name, title, passage.kind, passage.reason, passage.suspicious, passage.cue, passage.share)
            rows.append((*account, proof.start, proof.end, proof.page, proof.quote))
    if refused and len(refused) == len(files):
        raise Refused(f"none of {len(files)} files could be read")
    return Table(PASSAGE_COLUMNS, rows)


def _of_store(store: str, pairs: tuple[str, ...]) -> Table:
    """The rows of the preset `unread`, with the columns PASSAGE_COLUMNS (file, plan, kind, reason … quote), for the
    parameters `pairs` ('plan=…'); of all plans where `pairs` is empty. Where there are no rows although a parameter was
    given, or because the store has no plans, a line on standard error says why. Raises Usage for another parameter than
    the preset has and for one of `pairs` without = or not in UTF-8, Refused where the store cannot be opened."""
    from kg.stores import open_store
    from queries.empty import preset_runner, why_empty
    from queries.presets import preset

    values = read_parameters(pairs)
    unread = preset("unread")
    unread.bindings(values)
    with open_store(store) as source:
        table = unread.run(source, values).of(PASSAGE_COLUMNS)
        if not table.rows and (values or not source.records()):
            tell(f"kg: {escaped_line(why_empty(unread, preset_runner(source), values))}", err=True)
        return table


def _summary(table: Table, complete: bool) -> list[Table]:
    """Two tables for people, made from rows with the columns PASSAGE_COLUMNS. The first has the share of each file's
    text that was read as a kind of fact or left out for a reason (file, kind, reason, share as '12.5%'), by file name
    and the largest share first; rows with the share 0 only if `complete`, which says that the table accounts for whole
    texts, not for passages of a store that were not understood. The second has the suspicious passages, which no share
    counts, in their order, with the columns SUSPICIOUS_COLUMNS (file, reason, cue, start, quote) and their quotes cut
    (`_cut`)."""
    shares: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    suspicious = []
    for cells in table.dicts():
        if cells["suspicious"]:
            cells["quote"] = _cut(cells["quote"])
            suspicious.append(tuple(cells[name] for name in SUSPICIOUS_COLUMNS))
        else:
            shares[cells["file"], cells["kind"], cells["reason"]] += Decimal(str(cells["share"]))
    sums = sorted(shares.items(), key=lambda item: (str(item[0][0]), -item[1]))
    lines = [(*key, f"{share:.1%}") for key, share in sums if complete or share]
    return [Table(("file", "kind", "reason", "share"), lines), Table(SUSPICIOUS_COLUMNS, suspicious)]


def _cut(quote: object) -> str:
    """The quote as text, cut after MAX_QUOTE_LENGTH (60) characters, with … where it was longer."""
    text = str(quote)
    return text if len(text) <= MAX_QUOTE_LENGTH else text[:MAX_QUOTE_LENGTH] + "…"
