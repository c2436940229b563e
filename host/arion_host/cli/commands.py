"""The commands of `arion`. Each imports what it needs when it runs, so that `--help` is quick."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from pydantic import ValidationError

from arion_host.cli.output import configure_logging, run, show, telling_errors
from arion_host.exchange import DEFAULT_SESSION, SESSION_PATTERN, TurnRequest

app = typer.Typer(
    name="arion",
    help="Arion: tools you can talk to.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
servers = typer.Typer(help="The tool servers.", no_args_is_help=True)
models = typer.Typer(help="The speech models.", no_args_is_help=True)
app.add_typer(servers, name="servers")
rules = typer.Typer(help="What to ask about, to do unasked, and never to do.")
app.add_typer(models, name="models")
app.add_typer(rules, name="rules")
bench = typer.Typer(help="Figures of this Arion, taken on this machine.", no_args_is_help=True)
app.add_typer(bench, name="bench")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is no time such as 2026-11-23T10:00+09:00.") from None
    if moment.tzinfo is None:
        raise typer.BadParameter(f"{text} needs an offset, such as {text}+09:00.")
    return moment


def _session(text: str) -> str:
    if not re.fullmatch(SESSION_PATTERN, text):
        raise typer.BadParameter("a session is 1 to 64 letters, digits, - or _.")
    return text


def _question(text: str) -> str:
    try:
        TurnRequest(question=text)
    except ValidationError:
        raise typer.BadParameter("a question is 1 to 64 small letters and digits.") from None
    return text


Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Session = Annotated[
    str, typer.Option(parser=_session, metavar="NAME", help="The conversation to go on with.")
]
Language = Annotated[
    Literal["ko", "en"] | None, typer.Option(help="Of what is said; else it is found out.")
]


@app.callback()
def every_command(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log more.")] = False,
) -> None:
    """Arion: tools you can talk to."""
    configure_logging(verbose=verbose)


@app.command()
def up(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder for all records.")] = None,
    as_json: Json = False,
) -> None:
    """Start everything, and stay until told to stop."""
    from arion_host.cli.up import up as start

    run(
        lambda settings: start(settings, as_json=as_json),
        as_json=as_json,
        host=host,
        port=port,
        data_dir=data_dir,
    )


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="What to say, in Korean or English.")],
    yes: Annotated[bool, typer.Option("--yes", help="Answer one question with yes.")] = False,
    now: Annotated[
        datetime | None,
        typer.Option(
            parser=_moment, metavar="TIME", help="The moment to count as now, with its offset."
        ),
    ] = None,
    session: Session = DEFAULT_SESSION,
    language: Language = None,
    as_json: Json = False,
) -> None:
    """Say something in text, and print the answer."""
    from arion_host.cli.confirming import converse

    request = TurnRequest(
        text=text, session=session, language=language, now=now, confirm=True if yes else None
    )
    converse(request, as_json=as_json, here=not yes)


@app.command()
def confirm(
    answer: Annotated[Literal["yes", "no"], typer.Argument(help="The answer.")],
    session: Session = DEFAULT_SESSION,
    question: Annotated[
        str | None,
        typer.Option(parser=_question, metavar="ID", help="The question; else the open one."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Answer what waits for a yes."""
    from arion_host.cli.confirming import all_done, converse

    request = TurnRequest(session=session, confirm=answer == "yes", question=question)
    result = converse(request, as_json=as_json, here=True)
    if not all_done(result):
        raise typer.Exit(1)


@app.command()
def talk(
    recording: Annotated[Path, typer.Argument(help="A WAV file with something said.")],
    out: Annotated[Path | None, typer.Option(help="WAV file for the spoken answer.")] = None,
    voice: Annotated[
        Literal["best", "natural", "fast"] | None, typer.Option(help="The voice of the answer.")
    ] = None,
    session: Session = DEFAULT_SESSION,
    language: Language = None,
    as_json: Json = False,
) -> None:
    """Say a recording at the pace of speech, and print the answer."""
    with telling_errors(as_json=as_json):
        from arion_host.cli.talk import TalkOptions
        from arion_host.cli.talk import talk as speak

    options = TalkOptions(language=language, voice=voice, session=session)
    result = run(lambda settings: speak(settings, recording, out, options), as_json=as_json)
    show(result, f"{result['transcript']}\n{result['answer']}", as_json=as_json)


@servers.command("list")
def list_servers(as_json: Json = False) -> None:
    """Show the servers and how they are."""
    from arion_host.cli import servers as commands

    result = run(commands.list_servers, as_json=as_json)
    show(result, commands.servers_text(result), as_json=as_json)


@servers.command("tools")
def list_tools(as_json: Json = False) -> None:
    """Show the tools of every connected server."""
    from arion_host.cli import servers as commands

    result = run(commands.list_tools, as_json=as_json)
    show(result, commands.tools_text(result), as_json=as_json)


@servers.command("check")
def check_servers(as_json: Json = False) -> None:
    """Look at the credentials of Arion's own servers, with one harmless read each."""
    from arion_host.cli import server_check

    reports = run(server_check.check_servers, as_json=as_json)
    show(server_check.as_json(reports), server_check.as_text(reports), as_json=as_json)
    if not all(report.ok for report in reports):
        raise typer.Exit(1)


@servers.command("accept")
def accept_server(
    server: Annotated[str, typer.Argument(help="Name of the server.")], as_json: Json = False
) -> None:
    """Accept the tools of a server as they are now; they are pinned when it next connects."""
    from arion_host.cli import servers as commands

    result = run(lambda settings: commands.accept_server(settings, server), as_json=as_json)
    told = f"{result['forgotten']} pinned tools of {server} are forgotten. Restart Arion."
    show(result, told, as_json=as_json)


@servers.command("call")
def call_tool(
    server: Annotated[str, typer.Argument(help="Name of the server.")],
    tool: Annotated[str, typer.Argument(help="Name of the tool.")],
    arguments: Annotated[str, typer.Argument(help="A JSON object.")] = "{}",
    as_json: Json = False,
) -> None:
    """Call a tool by hand; a write is recorded like any other."""
    from arion_host.cli import servers as commands

    result = run(
        lambda settings: commands.call_tool(settings, server, tool, arguments), as_json=as_json
    )
    show(result, commands.call_text(result), as_json=as_json)
    if result["status"] != "ok":
        raise typer.Exit(1)


@app.command()
def log(
    last: Annotated[int, typer.Option(help="How many entries to show.", min=1)] = 20,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print every entry as CSV.")] = False,
    as_json: Json = False,
) -> None:
    """Show what Arion has done, and whether that record is unchanged."""
    from arion_host.cli import log as history

    written = run(history.read_log, as_json=as_json)
    text = history.as_csv(written.rows) if as_csv else history.as_text(written, last)
    show(history.as_json(written), text, as_json=as_json)
    if written.broken is not None:
        raise typer.Exit(1)


@rules.callback(invoke_without_command=True)
def list_rules(context: typer.Context, as_json: Json = False) -> None:
    """Show the rules, or change them."""
    if context.invoked_subcommand is not None:
        return
    from arion_host.cli import rules as own

    result = run(own.list_rules, as_json=as_json)
    show(result, own.rules_text(result), as_json=as_json)


@rules.command("add")
def add_rule(
    rule: Annotated[str, typer.Argument(help='Such as "always ask before gmail".')],
    as_json: Json = False,
) -> None:
    """Keep a rule; one about the same is replaced."""
    from arion_host.cli import rules as own

    result = run(lambda settings: own.add_rule(settings, rule), as_json=as_json)
    show(result, own.added_text(result), as_json=as_json)


@rules.command("remove")
def remove_rule(
    rule: Annotated[str, typer.Argument(help="The rule, what it is about, or all.")],
    as_json: Json = False,
) -> None:
    """Forget rules that were added."""
    from arion_host.cli import rules as own

    result = run(lambda settings: own.remove_rule(settings, rule), as_json=as_json)
    show(result, own.removed_text(result), as_json=as_json)


@bench.command("accuracy")
def bench_accuracy(
    file: Annotated[
        Path | None, typer.Option("--set", help="JSON lines; else the set of Arion's own.")
    ] = None,
    part: Annotated[Literal["tuning", "test", "all"], typer.Option(help="Of the set.")] = "all",
    faults: Annotated[
        bool, typer.Option("--faults", help="Seed faults into right calls as well.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say utterances to a host over sandbox accounts, and compare with what is right."""
    from arion_host.cli import bench as benches

    result = run(lambda _: benches.accuracy(file, part, faults=faults), as_json=as_json)
    show(result, benches.accuracy_text(result), as_json=as_json)


@models.command("pull")
def pull_models(as_json: Json = False) -> None:
    """Fetch the speech models that are not here."""
    with telling_errors(as_json=as_json):
        from arion_host.cli.models import pull
        from arion_host.settings import load_settings

        result = pull(load_settings().language)
    show(result, "Every model is here.", as_json=as_json)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Look whether this machine has what Arion needs."""
    from arion_host.cli import doctor as examination

    checks = run(examination.examine, as_json=as_json)
    show(examination.as_json(checks), examination.as_text(checks), as_json=as_json)
    if not examination.healthy(checks):
        raise typer.Exit(1)
