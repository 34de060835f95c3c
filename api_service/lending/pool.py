"""Tenants that are lent to scenarios, one after the other, as long as each leaves them as it found them.

A service hashes passwords slowly, so that a tenant of a scenario's own costs it a second. A lent tenant is
one whose things and settings are as they were seeded; its histories (activities, invoices, usage) have grown.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from acceptance.calls.client import Client
from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Call, Exchange
from acceptance.errors import NotOfferedError, TargetError
from acceptance.rules.lists import listing
from acceptance.rules.presence import is_marked_gone
from acceptance.scenarios.undo import GONE, Undo
from acceptance.scenarios.undo_ledger import Undos
from acceptance.settings.limits import Limits
from api_service.lending import values
from api_service.lending.doubt import ON_SESSIONS, SIGN_INS, leaves_doubt, views_of
from api_service.lending.things import SESSIONS, Kind
from api_service.lending.values import Value
from api_service.people.accounts import SESSION, People, Person, with_ids
from api_service.people.seed import Cast, apply, tenant_specification
from api_service.people.tenants import OPERATOR, Tenant, take_down

View = Kind | Value
# How often each limited call is made in one tenant: half of what is allowed, the rest is the next scenario's.
LIMITED = {
    "chat": ("POST /api/v1/chat",),
    "chat_stream": ("POST /api/v1/chat/stream",),
    "billing_stream": ("GET /api/v1/billing/stream",),
}


@dataclass
class LentTenant:
    """A tenant, and what was seen in it before its first write: by view, and by the person who looked."""

    tenant: Tenant
    key: str
    seen: dict[tuple[View, str], Any] = field(default_factory=dict)
    touched: set[tuple[View, str]] = field(default_factory=set)
    tries: Counter[str] = field(default_factory=Counter)

    @property
    def ids(self) -> set[str]:
        """The ids of the things that were there before; a write on one of them cannot be seen in a list."""
        return {one for (view, _), before in self.seen.items() if isinstance(view, Kind) for one in before}


class TenantPool:
    """The tenants of a run that scenarios borrow. `cast` gives the people of the run once they are there."""

    def __init__(
        self, client: Client, people: People, limits: Limits, undos: Undos, cast: Callable[[], Cast]
    ) -> None:
        self._client, self._people, self._limits, self._undos = client, people, limits, undos
        self._cast = cast
        self._free: defaultdict[str, list[LentTenant]] = defaultdict(list)

    def borrow(self, title: str, slug: str, people: Iterable[Person], more: Mapping[str, Any]) -> LentTenant:
        """Return a tenant with these people and fixtures: one that came back as it was, or a new one.

        A new one gets the slug, which also replaces "{slug}" in `more`. Raises TargetError.
        """
        people = list(people)
        told = [title, [(one.name, one.role, one.platform_role) for one in people], more]
        key = json.dumps(told, sort_keys=True)
        if self._free[key]:
            return self._free[key].pop()
        given = json.loads(json.dumps(more).replace("{slug}", slug))
        specification = tenant_specification(slug, f"{title} {slug}", people) | given
        operator = self._cast().people[OPERATOR]
        intent = self._undos.add(take_down(operator.caller, title, slug))
        seeded = apply(self._client, [specification])[slug]
        intent.known(tenant_id=seeded["tenant_id"])
        there = {one.name: with_ids(one, seeded) for one in people}
        return LentTenant(Tenant(seeded["tenant_id"], slug, there, seeded), key)

    def watch(self, lent: LentTenant, call: Call) -> None:
        """Look, before a call of the scenario that has this tenant, at what the call may change."""
        for view in views_of(f"{call.method} {call.path}", call.path):
            reader = self._reader(view, lent, call)
            if reader is None:
                continue
            lent.touched.add((view, reader))
            if (view, reader) not in lent.seen:
                lent.seen[view, reader] = self._look(view, lent, reader)

    def give_back(self, lent: LentTenant, exchanges: Sequence[Exchange]) -> None:
        """Take a tenant back after a scenario that passed, whose exchanges these are, if it is as it was.

        Raises TargetError when that cannot be seen.
        """
        lent.tries.update(one.operation.name for one in exchanges)
        if any(leaves_doubt(one, lent.tenant, lent.ids) for one in exchanges) or self._worn(lent):
            return
        if not all(self._ended(one) for one in exchanges if one.operation.name in SIGN_INS and one.succeeded):
            return
        if any(one.operation.path.startswith(ON_SESSIONS) for one in exchanges) and not self._signed_in(lent):
            return
        # Values first: nobody may read the lists of a suspended tenant.
        touched = sorted(lent.touched, key=lambda one: isinstance(one[0], Kind))
        lent.touched = set()
        if all(self._as_before(lent, view, reader) for view, reader in touched):
            self._free[lent.key].append(lent)

    def close(self, send: Callable[[Undo], Exchange]) -> list[str]:
        """Take all tenants down, to be lent no more; return what could not be taken down, in words."""
        self._free.clear()
        return self._undos.perform(send)

    def _ended(self, signed_in: Exchange) -> bool:
        """End the session that a scenario opened; return whether it is over."""
        told = signed_in.body
        values = {"session_id": told["session_id"]}
        over = self._sound(Call("the suite", "DELETE", SESSION, values, token=told["access_token"]))
        return over.succeeded or over.status in GONE or over.status == HTTPStatus.UNAUTHORIZED

    def _signed_in(self, lent: LentTenant) -> bool:
        """Whether the sessions that the suite itself has in a tenant are as they were."""
        kept = [tokens for one in lent.tenant.people.values() if (tokens := self._people.signed_in(one))]
        for tokens in kept:
            shown = self._sound(Call("the suite", "GET", SESSIONS.path, token=tokens.access))
            if not shown.succeeded or tokens.session_id not in by_id(SESSIONS, shown):
                return False
        return True

    def _worn(self, lent: LentTenant) -> bool:
        tries = {limit: sum(lent.tries[name] for name in calls) for limit, calls in LIMITED.items()}
        return any(0 < self._limits[limit] <= 2 * tried for limit, tried in tries.items())

    def _reader(self, view: View, lent: LentTenant, call: Call) -> str | None:
        if isinstance(view, Value) and view.seen_by == values.CALLER:
            return call.person if call.person in lent.tenant.people else None
        if isinstance(view, Value) and view.seen_by == values.OPERATOR:
            return OPERATOR
        return lent.tenant.owner

    def _as_before(self, lent: LentTenant, view: View, reader: str) -> bool:
        before, now = lent.seen[view, reader], self._look(view, lent, reader)
        if is_same(view, before, now):
            return True
        if isinstance(view, Kind):
            return self._remove(view, lent, reader, before, now)
        return self._put_back(view, lent, reader, before, now) and is_same(
            view, before, self._look(view, lent, reader)
        )

    def _remove(self, kind: Kind, lent: LentTenant, reader: str, before: Any, now: Any) -> bool:
        """Remove what a scenario left to go with its tenant; return whether that was all that changed.

        Raises TargetError when it is still there.
        """
        if not (isinstance(before, dict) and isinstance(now, dict)):
            return False
        if any(now.get(one) != item for one, item in before.items()):
            return False
        method, path = kind.remove
        parameter = path.partition("{")[2].partition("}")[0]
        calls = [
            Call("the suite", method, path, {parameter: one}, kind.json) for one in now.keys() - before.keys()
        ]
        if not all(self._send(call, lent, reader).succeeded for call in calls):
            return False
        if left := (self._look(kind, lent, reader) or {}).keys() - before.keys():
            raise TargetError(f"the {kind.what} {min(left)} is still there, although the service removed it")
        return True

    def _put_back(self, value: Value, lent: LentTenant, reader: str, before: Any, now: Any) -> bool:
        readable = isinstance(before, dict) and isinstance(now, dict)
        call = values.request(value, lent.tenant, before, now) if readable else None
        return call is not None and self._send(call, lent, reader).succeeded

    def _look(self, view: View, lent: LentTenant, reader: str) -> Any:
        """Return what is there: things by id, a value, or the status of a refusal.

        Raises TargetError; see `_sound`.
        """
        query = {**view.query, "limit": 100} if isinstance(view, Kind) else {}
        call = Call("the suite", "GET", view.path, {"tenant_id": lent.tenant.id}, query=query)
        try:
            exchange = self._send(call, lent, reader)
        except NotOfferedError:
            return None
        if not exchange.succeeded:
            return exchange.status
        return exchange.body if isinstance(view, Value) else by_id(view, exchange)

    def _send(self, call: Call, lent: LentTenant, reader: str) -> Exchange:
        person = self._cast().people[OPERATOR] if reader == OPERATOR else lent.tenant.people[reader]
        return self._sound(replace(call, token=self._people.token(person)))

    def _sound(self, call: Call) -> Exchange:
        """Make a call of the suite's own; raises TargetError when its answer is none, or no good one."""
        exchange = self._client.send(call)
        if not exchange.is_sound or exchange.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise TargetError(explain(exchange, "a lent tenant to be looked at and put in order"))
        return exchange


def is_same(view: View, before: Any, now: Any) -> bool:
    """Whether two looks at a list or a value saw the same."""
    if isinstance(view, Kind):
        return bool(before == now)
    return bool(values.compared(view, before) == values.compared(view, now))


def by_id(kind: Kind, shown: Exchange) -> dict[str, Any]:
    """Return the things that a list shows, without those that it marks as gone, by their ids."""
    items = (item for _, item in listing(shown) or ())
    semantics = shown.operation.semantics
    return {str(item[kind.named_by]): item for item in items if not is_marked_gone(semantics, item)}
