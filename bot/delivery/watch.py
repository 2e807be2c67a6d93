"""What an operator sees: `/health` and `/metrics`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.delivery.receive import LARGEST_BODY, Receiver
from bot.delivery.send import Sender
from bot.store import queues
from bot.store.db import Store

STALE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Watch:
    """Answers what the loops are doing."""

    store: Store
    receiver: Receiver
    sender: Sender
    now: Callable[[], datetime]
    polls: bool

    def application(self, webhook_secret: str | None) -> web.Application:
        """The web application of `PROXENY_LISTEN`; takes webhook calls where a secret is given."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_get("/health", self.health)
        app.router.add_get("/metrics", self.metrics)
        if webhook_secret is not None:

            async def hook(request: web.Request) -> web.Response:
                return await self.receiver.hook(request, webhook_secret)

            app.router.add_post("/telegram", hook)
        return app

    async def state(self) -> dict[str, Any]:
        """The queues' lengths and ages in seconds, and the time of the last good poll."""
        now = self.now()
        async with self.store.read() as db:
            depths = await queues.depths(db)
        last = self.receiver.last_good
        return {
            "ok": not self.polls or self.receiver.stands_by or (last and now - last < STALE),
            "last_poll": last.isoformat() if last else None,
            "queues": {
                name: {"count": count, "oldest": (now - oldest).total_seconds() if oldest else 0.0}
                for name, (count, oldest) in depths.items()
            },
        }

    async def health(self, _request: web.Request) -> web.Response:
        """200 while Telegram is heard from, 503 when it has been silent for two minutes."""
        state = await self.state()
        return web.json_response(state, status=200 if state["ok"] else 503)

    async def metrics(self, _request: web.Request) -> web.Response:
        """The same for Prometheus."""
        state = await self.state()
        registry = CollectorRegistry()
        waiting = Gauge("proxeny_queue_rows", "Rows in a queue", ["queue"], registry=registry)
        age = Gauge("proxeny_queue_age_seconds", "Age of the oldest", ["queue"], registry=registry)
        for name, queue in state["queues"].items():
            waiting.labels(name).set(queue["count"])
            age.labels(name).set(queue["oldest"])
        Gauge("proxeny_up", "Telegram is heard from", registry=registry).set(state["ok"])
        sent = Gauge("proxeny_messages", "Messages since the start", ["fate"], registry=registry)
        sent.labels("delivered").set(self.sender.sent)
        sent.labels("refused").set(self.sender.refused)
        dropped = Gauge("proxeny_updates_dropped", "Of floods, since the start", registry=registry)
        dropped.set(self.receiver.gate.dropped)
        return web.Response(body=generate_latest(registry), content_type="text/plain")
