"""Brings the tables of a database to the form this version of Arion knows.

A change of a table is a new file in `versions`; what was released is never edited.
"""

from __future__ import annotations

from sqlalchemy import Connection

HEAD = "0005"
"""The newest version in `versions`. Importing alembic to find it takes longer than all the rest
of opening a database."""


class NewerVersion(Exception):
    """The database was written by a version of Arion that is newer than this one."""


def upgrade(connection: Connection) -> None:
    """Bring the tables to `HEAD`, in the transaction that `connection` is in.

    A database without a version is empty, or was made before there were versions.

    Raises:
        NewerVersion: its version is not known here.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "arion_host:migrations")
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    version = MigrationContext.configure(connection).get_current_revision()
    if version is not None and version not in known:
        raise NewerVersion("it was written by a newer version of Arion; update Arion")
    command.upgrade(config, "head")
