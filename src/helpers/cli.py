"""The commands of nulmeting; each is one call to the room that does the work."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helpers.errors import ParamsError, ReportError

if TYPE_CHECKING:
    from helpers import checking

# Each command imports its own rooms, so that --help and a typing error answer at once.

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
SHOW_A_BAR_AFTER = 2.0
"""Seconds."""
EXIT_CODES = """\b
Exit codes:
  0    every report was made
  1    a chapter failed, a report would give a small group away, or some of several reports were not made
  2    a fault in the command, the params, the ledger or the data; no earlier report was touched
  130  interrupted
"""
CHECK_CODES = """\b
Exit codes:
  0    a report can be made of every organisation
  2    a fault in the command, the params or the data
"""
AUDIT_CODES = """\b
Exit codes:
  0    nothing follows about a hidden group
  1    something does
  2    a fault in the command, or a ledger that was edited; the reports were attacked all the same
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line, turning every fault into messages and an exit code."""
    try:
        code = nulmeting.main(arguments, standalone_mode=False)
    except ReportError as fault:
        _say(fault.messages)
        sys.exit(fault.exit_code)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted; earlier reports are unchanged.", err=True)
        sys.exit(130)
    sys.exit(code or 0)


@click.group(context_settings=SETTINGS, epilog=EXIT_CODES)
@click.version_option(package_name="nulmeting")
def nulmeting() -> None:
    """Turn a client's survey files into one HTML and one PDF report.

    \b
    Try it:            nulmeting examples
                       nulmeting report voorbeeld-energie
    Your own client:   copy params/_template to params/NAME and fill it in,
                       put the files in data/, then
                       nulmeting check NAME
                       nulmeting report NAME
    """  # noqa: D301 - click reads a real backspace as: keep these lines as they are


def _faults_as_json(key: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return what makes a command tell the faults of its own options as JSON too, under this key, when that is asked.

    An organisation's faults are part of what the command prints.
    """

    def telling(command: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(command)
        def run(*, as_json: bool, **options: Any) -> int:
            try:
                return command(as_json=as_json, **options)
            except ReportError as fault:
                if not as_json:
                    raise
                _print_json([{"organisation": None, key: fault.messages, "exit_code": fault.exit_code}])
                return fault.exit_code

        return run

    return telling


_organisations = click.argument("organisations", nargs=-1, metavar="[ORGANISATION]...")
_params = click.option(
    "--params", "params_folder", type=click.Path(path_type=Path), default=ROOT / "params",
    metavar="DIR", help="The folder that holds one folder per organisation.  [default: params]",
)  # fmt: skip
_reports = click.option(
    "--output", type=click.Path(path_type=Path), default=ROOT / "reports",
    metavar="DIR", help="The folder of the reports.  [default: reports]",
)  # fmt: skip
_as_json = click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON, for scripts.")


@nulmeting.command(epilog=EXIT_CODES)
@_organisations
@click.option("--all", "everyone", is_flag=True, help="Every organisation in the params folder.")
@click.option("--period", metavar="PERIOD", help="2026, 2026-H1, 2026-Q3 or 2026-07.  [default: the last complete one]")
@click.option("--language", metavar="LANGUAGE", help="nl or en.  [default: as the params say]")
@click.option("--edition", metavar="EDITION", help="board or public.  [default: those that the params declare]")
@click.option(
    "--as-of", metavar="DATE", help="The last day that counts, as 2026-09-30.  [default: the period's last day]"
)
@click.option(
    "--format", "formats", default="html,pdf,xlsx", show_default=True, metavar="LIST", help="Which files to make."
)
@click.option("--deadline", metavar="TIME", help="How long one chapter may take, as 90s or 10m.  [default: no limit]")
@_reports
@_params
@_as_json
@_faults_as_json("messages")
def report(  # noqa: PLR0917 - click passes one argument per option
    organisations: tuple[str, ...],
    everyone: bool,
    period: str | None,
    language: str | None,
    edition: str | None,
    as_of: str | None,
    formats: str,
    deadline: str | None,
    output: Path,
    params_folder: Path,
    as_json: bool,
) -> int:
    """Make the report of one or more organisations; without a name, of the example organisations.

    Every edition that the params declare is made. Before it is published a report is attacked, as `nulmeting audit`
    does; one that would give a small group away is mended, or not published. What it prints is kept in
    params/ORGANISATION/ledger.json, which belongs in version control: later reports are planned with it.

    Each edition becomes reports/ORGANISATION/PERIOD/EDITION/ with report.html, report.pdf, tables.xlsx,
    figures.json, manifest.json and the executed notebooks. The folder is replaced as a whole, or not at all.
    Faults in the params of one organisation are told before any report is made.

    \b
    Examples:
      nulmeting report voorbeeld-energie
      nulmeting report voorbeeld-energie --period 2026-Q2 --language en
      nulmeting report voorbeeld-gemeente --edition public
      nulmeting report --all --format pdf
    """  # noqa: D301 - click reads a real backspace as: keep these lines as they are
    from helpers.production import batch, clients, options

    wish = options.wish(
        period=period, language=language, edition=edition, as_of=as_of, formats=formats, deadline=deadline
    )
    chosen = _chosen(organisations, everyone=everyone, params_folder=params_folder)
    loaded = clients.loaded(chosen, params_folder=params_folder, notebooks=ROOT / "notebooks")
    outcomes = batch.refused(loaded)
    if outcomes and not as_json:
        raise ParamsError([message for outcome in outcomes for message in outcome.messages])
    if not outcomes:
        checked = [found for found in loaded.values() if not isinstance(found, ReportError)]
        outcomes = batch.run(checked, wish=wish, notebooks=ROOT / "notebooks", output=output, quiet=as_json)
    if as_json:
        _print_json([outcome.as_json() for outcome in outcomes])
    else:
        _say(batch.told(outcomes))
        _name([file for outcome in outcomes for file in outcome.files.values()])
    return batch.exit_code(outcomes)


@nulmeting.command(epilog=CHECK_CODES)
@_organisations
@click.option("--all", "everything", is_flag=True, help="Print long lists in full, and the ids of hidden figures.")
@_params
@_as_json
@_faults_as_json("lines")
def check(organisations: tuple[str, ...], everything: bool, params_folder: Path, as_json: bool) -> int:
    """Check params and data without running anything.

    Says how each file was recognised and what became of its columns; how many rows were read, used, skipped,
    rejected (with row number, value and reason) and left out; months without answers; what looks odd; how many
    groups are too small to show, and how many at another minimum; and which keys have no effect yet. Without a
    name it checks every organisation; one with faults does not keep the others from being checked.

    \b
    Example:
      nulmeting check voorbeeld-energie
    """  # noqa: D301 - click reads a real backspace as: keep these lines as they are
    from tqdm import tqdm

    from helpers import checking, params
    from helpers.production import clients

    chosen = dict.fromkeys(organisations or params.organisations(params_folder))
    loaded = clients.loaded(chosen, params_folder=params_folder, notebooks=ROOT / "notebooks")
    steps = checking.STEPS * sum(not isinstance(found, ReportError) for found in loaded.values())
    with tqdm(total=steps, desc="check", delay=SHOW_A_BAR_AFTER, leave=False, disable=True if as_json else None) as bar:
        findings = [
            _not_checked(name, found)
            if isinstance(found, ReportError)
            else checking.check(found, everything=everything, after_step=bar.update)
            for name, found in loaded.items()
        ]
    if as_json:
        _print_json([finding.as_json() for finding in findings])
    else:
        click.echo("\n\n".join("\n".join(finding.lines) for finding in findings))
    return max((finding.exit_code for finding in findings), default=0)


@nulmeting.command(epilog=AUDIT_CODES)
@_organisations
@click.option("--accept-ledger", is_flag=True, help="Seal the ledgers of these organisations as they stand now.")
@_reports
@_params
@_as_json
@_faults_as_json("messages")
def audit(organisations: tuple[str, ...], accept_ledger: bool, output: Path, params_folder: Path, as_json: bool) -> int:
    """Attack the published reports, to see whether the answers of a hidden group can be worked out.

    Reads what a curious reader has and nothing else: the pages, the workbook, the figures and the executed notebooks
    of every period and edition together. Computes for each hidden group which answers fit all these numbers, and
    names the groups of which that is too few, with what gives them away. Without a name: every organisation with a
    report. `nulmeting report` does the same with each report before it is published.

    A ledger that was edited by hand stops every report. When you have read what changed and it is right, such as
    after a merge, --accept-ledger seals it again.

    \b
    Examples:
      nulmeting audit voorbeeld-energie
      nulmeting audit --json
    """  # noqa: D301 - click reads a real backspace as: keep these lines as they are
    from helpers.production import auditing

    found = auditing.run(
        organisations, reports=output, params_folder=params_folder, accept_ledger=accept_ledger, quiet=as_json
    )
    if as_json:
        _print_json([one.as_json() for one in found])
    else:
        click.echo("\n\n".join("\n".join(one.lines) for one in found))
    return auditing.exit_code(found)


@nulmeting.command("examples")
@click.option(
    "--output", type=click.Path(path_type=Path), default=ROOT / "data",
    metavar="DIR", help="The data folder.  [default: data]",
)  # fmt: skip
def generate_examples(output: Path) -> None:
    """Generate the data of the example organisations; the same data every time."""
    from helpers import examples

    _name(examples.generate(output))


def _chosen(organisations: Sequence[str], *, everyone: bool, params_folder: Path) -> Sequence[str]:
    from helpers import examples, params

    if everyone and organisations:
        raise ParamsError("--all: names were given too. Give the names, or --all.")
    if everyone:
        return params.organisations(params_folder)
    return tuple(dict.fromkeys(organisations)) or tuple(examples.CLIENTS)


def _not_checked(name: str, fault: ReportError) -> checking.Finding:
    from helpers import checking

    return checking.Finding(name, (f"{name}: a report cannot be made.", *fault.messages), fault.exit_code)


def _name(files: Iterable[Path]) -> None:
    """Print where files lie: from the working folder where they are in it."""
    here = Path.cwd().resolve()
    for file in files:
        real = file.resolve()
        click.echo(str(real.relative_to(here) if real.is_relative_to(here) else real))


def _print_json(found: Sequence[dict[str, Any]]) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


def _say(messages: Sequence[str]) -> None:
    for message in messages:
        click.echo(message, err=True)


if __name__ == "__main__":
    main()
