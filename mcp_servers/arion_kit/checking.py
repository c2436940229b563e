"""`arion-NAME check`: are the credentials there, what do they allow, does a read work?"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from pydantic import SecretStr

from arion_kit.errors import ToolFailure
from arion_kit.failures import failure_for
from arion_kit.settings import PersonSettings, ServerSettings, load, variable_of
from arion_kit.spec import Account, ServerSpec


async def check_server(spec: ServerSpec) -> bool:
    """Prints what it finds, line by line; says whether everything is in place.

    Raises:
        StartError: A setting is wrong.
    """
    settings = load(spec.settings())
    _print([spec.title, *(f"  {line}" for line in _setting_lines(settings))])
    async with spec.open() as api:
        try:
            account = await spec.check(api)
        except ToolFailure as failure:
            told = failure_for(failure, "en")
            detail = "" if str(failure) == told.message else f" ({failure})"
            _print([f"  {told.message}{detail}", f"  {told.next_step or 'See the README.'}"])
            return False
    missing = list(_missing_scopes(spec, account))
    _print([f"  A read worked: {account.name}", *(f"  {line}" for line in missing)])
    if account.scopes is None and any(tool.scopes for tool in spec.tools):
        _print(["  Its scopes are not known; the vendor does not tell them."])
    return not missing


def _setting_lines(settings: ServerSettings) -> Iterator[str]:
    own = [name for name in type(settings).model_fields if name not in PersonSettings.model_fields]
    variables = {name: variable_of(type(settings), name) for name in own}
    width = max(len(variable) for variable in variables.values())
    for name, variable in variables.items():
        value: object = getattr(settings, name)
        secret = isinstance(value, SecretStr)
        shown = "set" if secret else "not set" if value is None else str(value)
        yield f"{variable:<{width}}  {shown}"


def _missing_scopes(spec: ServerSpec, account: Account) -> Iterator[str]:
    if account.scopes is None:
        return
    needed = sorted({scope for tool in spec.tools for scope in tool.scopes} - account.scopes)
    for scope in needed:
        tools = ", ".join(tool.name for tool in spec.tools if scope in tool.scopes)
        yield f"Missing scope: {scope} (for {tools})"


def _print(lines: Iterable[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
