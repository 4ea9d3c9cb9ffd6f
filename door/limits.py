"""How often an act may be done from where and by whom, counted in PostgreSQL, so that all workers count together."""

from __future__ import annotations

import math
from collections.abc import Mapping

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from door.addresses import bucket_of
from door.allowances import WIDER_FOR_MEMBERS, WIDER_FOR_SIGN_IN, Allowance

# A row says when an allowance will be empty (unused) again; each time puts that off by its part of the allowance, and
# what would put it off beyond the whole is refused (the generic cell rate algorithm). All rows are locked, in one
# order, before anything is looked at, so that either all allowances are taken from or none, and nobody waits in a
# circle. The clock is read when the rows are held, for who waited for them would come with an older time.
_TAKE = """
    WITH wanted (key, each, room) AS (
        SELECT key, each * interval '1 second', room * interval '1 second'
        FROM unnest(%s::text[], %s::float8[], %s::float8[]) AS t (key, each, room)
    ), held AS MATERIALIZED (
        SELECT key, empty_at FROM door_limit WHERE key = ANY(%s) ORDER BY key FOR UPDATE
    ), moment AS MATERIALIZED (
        SELECT clock_timestamp() AS now, locked.rows = (SELECT count(*) FROM wanted) AS holds_all
        FROM (SELECT count(*) AS rows FROM held) AS locked
    ), refused AS (
        SELECT key, empty_at + each - room AS free_at FROM wanted JOIN held USING (key), moment
        WHERE greatest(empty_at, now) + each > now + room
    ), taken AS (
        INSERT INTO door_limit (key, empty_at)
        SELECT key, greatest(empty_at, now) + each FROM wanted JOIN held USING (key), moment
        WHERE holds_all AND NOT EXISTS (SELECT FROM refused)
        ON CONFLICT (key) DO UPDATE SET empty_at = excluded.empty_at
        RETURNING key
    )
    SELECT (SELECT count(*) FROM taken),
        (SELECT extract(epoch FROM max(free_at) - (SELECT now FROM moment)) FROM refused)
"""
# A row has to be there to be locked. Two that bring the same new one both find it there afterwards.
_BRING = """
    INSERT INTO door_limit (key, empty_at) SELECT key, clock_timestamp() FROM unnest(%s::text[]) AS t (key)
    ORDER BY key ON CONFLICT DO NOTHING
"""
# The second time the rows are there, unless they were swept away in between.
_TRIES = 4


def wait_for(act: str, request: HttpRequest) -> int:
    """Take one time of the act from the allowances of whoever asks; return 0, or how many seconds they have to wait.

    Nothing is taken from any allowance when there is to be waited for one of them.
    """
    allowance = settings.LIMITS.get(act)
    return take(_wanted(act, allowance, request)) if allowance else 0


def may_be_mailed(email: str) -> bool:
    """Take one of the mails that an address gets, where no middleware counts it; return whether one was left."""
    mails = settings.LIMITS.get("mail")
    return mails is None or take({_mail_key(email): mails}) == 0


def take(wanted: Mapping[str, Allowance]) -> int:
    """Take one time from each of these allowances, by their keys; return 0, or how many seconds there is to wait."""
    keys = sorted(wanted)
    each = [wanted[key].each for key in keys]
    # The last time of an allowance fits exactly, but not always in floating point.
    room = [wanted[key].seconds + 1e-3 for key in keys]
    for _ in range(_TRIES):
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [keys, each, room, keys])
            taken, seconds = cursor.fetchone()
            if seconds is not None:
                return max(1, math.ceil(seconds))
            if taken == len(keys):
                return 0
            cursor.execute(_BRING, [keys])
    return math.ceil(max(each))


def sweep(*, at_most: int = 1_000) -> int:
    """Forget allowances that are empty, and return how many: a missing row says the same."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM door_limit WHERE key IN (SELECT key FROM door_limit WHERE empty_at < statement_timestamp()"
            " ORDER BY empty_at LIMIT %s FOR UPDATE SKIP LOCKED)",
            [at_most],
        )
        return cursor.rowcount


def _wanted(act: str, allowance: Allowance, request: HttpRequest) -> dict[str, Allowance]:
    block = bucket_of(request)
    if request.user.is_authenticated:
        wanted = {
            f"{act} by {request.user.pk}": allowance,
            f"{act} from {block}": allowance.wider(WIDER_FOR_MEMBERS),
        }
    elif act == "sign-in":
        typed = _fingerprint(request.POST.get("login") or request.POST.get("username") or "")
        wanted = {
            f"{act} {typed} {block}": allowance,
            f"{act} {block}": allowance.wider(WIDER_FOR_SIGN_IN),
        }
    else:
        wanted = {f"{act} guests {block}": allowance}
    mails = settings.LIMITS.get("mail")
    if mails and act in ("mail", "sign-up") and (email := request.POST.get("email")):
        # Nobody gets a flood of mails from us, wherever it is asked for.
        wanted[_mail_key(email)] = mails
    return wanted


def _mail_key(email: str) -> str:
    return f"mail to {_fingerprint(email)}"


def _fingerprint(email: str) -> str:
    return salted_hmac("door.limits", email.strip().lower(), algorithm="sha256").hexdigest()[:32]
