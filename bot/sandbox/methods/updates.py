"""How updates reach the bot: long polling or a webhook."""

from urllib.parse import urlsplit

from bot.sandbox.params import Call
from bot.sandbox.shapes import Json, RefusedError, bad
from bot.sandbox.updates import MAX_BATCH
from bot.sandbox.webhook import Hook
from bot.sandbox.world import World

MAX_POLL = 50
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_SECRET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
MAX_SECRET = 256


async def get_updates(world: World, call: Call) -> list[Json]:
    if world.webhook.hook is not None:
        raise RefusedError(409, WEBHOOK_ACTIVE)
    updates = world.updates
    updates.allow(call.strings("allowed_updates"))
    if offset := call.integer("offset"):
        updates.confirm(offset)
    await updates.poll(min(call.integer("timeout"), MAX_POLL))
    limit = call.integer("limit", MAX_BATCH)
    return world.faults.garble(updates.head(limit if 0 < limit <= MAX_BATCH else MAX_BATCH))


async def set_webhook(world: World, call: Call) -> bool:
    url = call.text("url")
    if url:
        parts = urlsplit(url)
        local = parts.scheme == "http" and parts.hostname in LOCAL
        if parts.scheme != "https" and not local:
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not parts.hostname:
            raise bad("bad webhook: invalid webhook URL specified")
    secret = call.text("secret_token")
    if not _SECRET.issuperset(secret) or len(secret) > MAX_SECRET:
        raise bad("secret token contains unallowed characters")
    if call.flag("drop_pending_updates"):
        world.updates.queue.clear()
    world.updates.allow(call.strings("allowed_updates"))
    await world.webhook.point(
        Hook(url, secret, call.integer("max_connections", 40)) if url else None
    )
    return True


async def delete_webhook(world: World, call: Call) -> bool:
    if call.flag("drop_pending_updates"):
        world.updates.queue.clear()
    await world.webhook.point(None)
    return True


def webhook_info(world: World, _call: Call) -> Json:
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.queue),
    }
    if hook := world.webhook.hook:
        info |= {
            "url": hook.url,
            "max_connections": hook.max_connections,
            "ip_address": "127.0.0.1",
        }
        info |= world.webhook.trouble
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
}
