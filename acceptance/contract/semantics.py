"""What the fields, parameters, things and operations of an API mean, beyond their types.

Written down in `contract/semantics/*.toml`: `[fields]`, `[parameters]`, `[answers]`, `[areas]`, `[[things]]`,
and one table for each operation, named as `["GET /health"]`. The rules of `acceptance.rules` are an engine
over it. What is not declared is not judged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

NO_EFFECT, EFFECT_EVEN_WHEN_REFUSED = EFFECTS = "none", "even when refused"


@dataclass(frozen=True)
class Meaning:
    """What one operation means.

    For people: `phrase` is what they do with it; `attempt` is the request (`json`, `query`) with which
    somebody tries it who may not.

    Lists: `items` is the field that holds them, unless the answer itself is the list; `newest_first` names
    the timestamp they are sorted by; `sorted_by` the one that the query's `direction` sorts by; `short_pages`
    says that a page may be short before a further one; `shared` that anybody may change what is in it;
    `counts` are the fields that count a list of the answer (`of`), the lists in its objects (`each`), or
    those with certain values (`where`).

    Values: `fixed` are fields with one value on success; `now` is a timestamp of the answer's own moment;
    `shows` is the path parameter whose thing is answered, where the path goes on after it; `any_tenant` says
    that other tenants than the caller's are named; `shown_as` under which names later views show what was
    sent; `null_clears` that a null clears a field; `revokes` that what is answered is over; `made_now` is
    false where 201 shows what was there before.

    Effects: `effect` is "none" or "even when refused"; `resource` names what has no id and is known by its
    place; `makes` says that a success without 201 makes something; `listed_at` is the list that shows it,
    where that is not this path; `listed` is false where no list of the caller's shows it; `continues` is
    what is sent to go on with something made before.

    Media: `live` is a stream without an end; `attachment` a download.
    """

    phrase: str = ""
    attempt: Mapping[str, Any] = field(default_factory=dict)
    items: str = "items"
    newest_first: str = ""
    sorted_by: str = ""
    short_pages: bool = False
    shared: bool = False
    counts: Mapping[str, Any] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    now: str = ""
    shows: str = ""
    any_tenant: bool = False
    shown_as: Mapping[str, Any] = field(default_factory=dict)
    null_clears: bool = False
    revokes: bool = False
    made_now: bool = True
    effect: str = ""
    resource: str = ""
    makes: bool = False
    listed_at: str = ""
    listed: bool = True
    continues: str = ""
    live: bool = False
    attachment: bool = False


@dataclass(frozen=True)
class Field:
    """What a field of one name means in every answer or request.

    Timestamps: `past` has happened; `said_by_others` is set by somebody else than the service; `created` is
    the moment of making; `expires` an end to come; `ended` the moment since when it is over; `precedes` are
    those that are never earlier; `milliseconds_between` and `hours_between` are the two ends of a duration.

    Views: `own_tenant` is the caller's tenant; `context` an object that says to what an item belongs;
    `lasting` is changed by no write; `filled_later` appears by itself; `volatile` says why two views may
    differ; `ended_by` are the values of something that is over; `repeats` may hold a thing twice; `compare`
    is how two values are compared ("any case", "any order", "key or UUID"); `set_by_others` is the beginning
    of the keys of an object that the caller cannot set.

    Requests: `never_echoed` says why the answer's value is another one; `answered_as` and `put_off` are the
    fields that show it now or from the next period on.

    `secret` overrules what the name suggests about whether the value is hidden.
    """

    past: bool = False
    said_by_others: bool = False
    created: bool = False
    expires: bool = False
    ended: bool = False
    precedes: tuple[str, ...] = ()
    milliseconds_between: tuple[str, ...] = ()
    hours_between: tuple[str, ...] = ()
    own_tenant: bool = False
    context: bool = False
    lasting: bool = False
    filled_later: bool = False
    volatile: str = ""
    ended_by: tuple[str, ...] = ()
    repeats: bool = False
    compare: str = ""
    set_by_others: str = ""
    never_echoed: str = ""
    answered_as: str = ""
    put_off: str = ""
    secret: bool | None = None


@dataclass(frozen=True)
class Parameter:
    """What a parameter of a path or query means.

    In a query it selects the items whose field of this name is equal, or `field`, or begins with it
    (`prefix_of`), or is a timestamp `not_before` or `not_after` it; unless `selects` is false. In a path,
    `answered_as` is the answer's name for it, `names` are the fields by which it names a thing, `thing` is
    the kind of thing, `unknown` stands where the service cannot tell, and `same_for_all_tenants` says that
    it names something of the service's own.
    """

    selects: bool = True
    field: str = ""
    prefix_of: str = ""
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    answered_as: str = ""
    names: tuple[str, ...] = ()
    thing: str = ""
    unknown: str = ""
    same_for_all_tenants: bool = False


@dataclass(frozen=True)
class Thing:
    """A kind of thing: the names that tell it apart, and the `fields` that two views share (all, if none).

    `record`: an entry that no write changes. `personal`: it belongs to the caller, and may be named by what
    was sent. `beside`: a second identity of something. `within` is the path parameter, `in_tenant` the tenant
    inside of which the name is unique; `everywhere`: it is one thing in every area. While `unfinished`
    values last, only `unfinished_fields` are shared. One view may show fields inside of an object
    (`merged`), under another name (`renamed`), or the list that another one counts (`counted`).
    """

    named_by: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    record: bool = False
    personal: bool = False
    beside: bool = False
    within: str = ""
    in_tenant: bool = False
    everywhere: bool = False
    unfinished: Mapping[str, Any] = field(default_factory=dict)
    unfinished_fields: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    renamed: Mapping[str, Any] = field(default_factory=dict)
    counted: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """How answers carry things.

    `envelopes` are the fields whose object speaks for the whole answer, `parts` the lists whose entries are
    things of their own. `told_apart_by` are the names that tell the items of a list apart, the first that
    an item has; `named_by` those of the thing that a path names; `known_as_id` are the names of ids that
    other views call `id`. A list of fewer items than `smallest_page` is complete, if no limit was asked
    for.
    """

    envelopes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    told_apart_by: tuple[tuple[str, ...], ...] = ()
    named_by: tuple[str, ...] = ()
    known_as_id: tuple[str, ...] = ()
    smallest_page: int = 1


@dataclass(frozen=True)
class Areas:
    """The areas of an API (the first word of a path after `prefix`), and how far a write in one reaches.

    A write changes its own area, or what `changes` names for its group: areas, or whole `groups`; one in
    `seeds` changes everything. `recorded_in` are the areas that list every write. `personal_lists` show the
    caller's own things, `personal_views` the things as the caller sees them, `of_no_tenant` what is older
    than a tenant. `catalogues` name their entries by a field. `unsettled` are fields that go on changing
    after a write.
    """

    prefix: str = "/"
    seeds: str = ""
    recorded_in: tuple[str, ...] = ()
    personal_lists: tuple[str, ...] = ()
    personal_views: tuple[str, ...] = ()
    of_no_tenant: tuple[str, ...] = ()
    groups: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    catalogues: Mapping[str, Any] = field(default_factory=dict)
    unsettled: Mapping[str, Any] = field(default_factory=dict)

    def of(self, path: str) -> str:
        """Return the area of a path template, with `-` for `_`."""
        return path.removeprefix(self.prefix).lstrip("/").partition("/")[0].replace("_", "-")

    def changed_by(self, area: str) -> frozenset[str]:
        """Return the areas that a write in this one may change."""
        group = next((name for name, areas in self.groups.items() if area in areas), "")
        named = self.changes.get(group, [area])
        return frozenset(one for name in named for one in self.groups.get(name, [name]))


@dataclass(frozen=True)
class Errors:
    """How refusals are named: by their status in `names`, else `unnamed`; `special` are further ones."""

    names: Mapping[str, Any] = field(default_factory=dict)
    special: Mapping[str, Any] = field(default_factory=dict)
    unnamed: str = ""

    def of(self, status: int) -> frozenset[str]:
        """Return the names that a refusal with this status may have."""
        return frozenset({self.names.get(str(status), self.unnamed), *self.special.get(str(status), ())})


@dataclass(frozen=True)
class Semantics:
    """Everything that is declared about an API; `source` names the file of each operation's entry."""

    operations: Mapping[str, Meaning] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    things: tuple[Thing, ...] = ()
    answers: Answers = Answers()
    areas: Areas = Areas()
    errors: Errors = Errors()
    source: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _declared(self) -> dict[str, dict[str, Any]]:
        return {
            key.name: {name: said for name, one in self.fields.items() if (said := getattr(one, key.name))}
            for key in fields(Field)
        }

    def fields_with(self, key: str) -> Mapping[str, Any]:
        """Return what the fields say that declare something under a key of `Field`."""
        return self._declared[key]

    def parameter(self, name: str) -> Parameter:
        """Return what a parameter means."""
        return self.parameters.get(name, Parameter())
