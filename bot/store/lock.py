"""What only one process may do at a time on a database that several share."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.db import Store


@dataclass(slots=True)
class Lock:
    """PostgreSQL's advisory lock on a name, held for as long as its connection lives.

    With `shared` others may hold it, too, as long as they share it. SQLite belongs to one process,
    so there it is always ours.
    """

    store: Store
    name: str
    shared: bool = False
    _connection: AsyncConnection | None = None

    async def ours(self) -> bool:
        """Whether it is ours: taken if nobody has it; raises DBAPIError where it was lost."""
        if not self.store.shared:
            return True
        try:
            if self._connection is None:
                self._connection = await self.store.writer.connect()
                await self._connection.execution_options(isolation_level="AUTOCOMMIT")
            take = func.pg_try_advisory_lock_shared if self.shared else func.pg_try_advisory_lock
            query = select(take(func.hashtext(f"proxeny {self.name}")))
            return bool(await self._connection.scalar(query))
        except DBAPIError:
            await self.release()
            raise

    async def release(self) -> None:
        """Gives it back."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await connection.invalidate()
            await connection.close()
