"""What the fields, parameters, things and operations of an API mean, beyond their types.

Written down in `contract/semantics/*.toml`: `[fields]`, `[parameters]`, `[answers]`, `[areas]`, `[[things]]`,
and one table for each operation, named as `["GET /health"]`. The rules of `acceptance.rules` are an engine
over it. What is not declared is not judged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from acceptance.contract.wire import Wire

NO_EFFECT, EFFECT_EVEN_WHEN_REFUSED = EFFECTS = "none", "even when refused"


@dataclass(frozen=True)
class Meaning:
    """What one operation means: the keys of its entry."""

    # What people do with it, as in "a visitor attempts to list the agents".
    phrase: str = ""
    # The `json` and `query` that are sent along when somebody tries it who may not.
    attempt: Mapping[str, Any] = field(default_factory=dict)

    # The field that holds the items of a list, unless the answer itself is the list.
    items: str = "items"
    # The timestamp that a list is sorted by; the one that the query's `direction` sorts by.
    newest_first: str = ""
    sorted_by: str = ""
    # A page may be short, or empty, before a further one.
    short_pages: bool = False
    # Anybody may add to the list and change what is in it.
    shared: bool = False
    # Fields that count a list of the answer (`of`), the lists in its objects (`each`), or some (`where`).
    counts: Mapping[str, Any] = field(default_factory=dict)

    # Fields that have one value on success.
    fixed: Mapping[str, Any] = field(default_factory=dict)
    # The timestamp of the answer's own moment.
    now: str = ""
    # The path parameter whose thing is answered, where the path goes on after it.
    shows: str = ""
    # Other accounts than the caller's are named.
    any_account: bool = False
    # Under which names later views show what was sent.
    shown_as: Mapping[str, Any] = field(default_factory=dict)
    # A null that is sent clears the field.
    null_clears: bool = False
    # What is answered is over.
    revokes: bool = False
    # False where 201 shows what was there before.
    made_now: bool = True

    # What a write changes, where that is not what its area says: one of EFFECTS.
    effect: str = ""
    # The name of what has no id and is known by its path.
    resource: str = ""
    # A success that is not 201 makes something, too.
    makes: bool = False
    # The path of the list that shows what was made, where it is another one; false where none shows it.
    listed_at: str = ""
    listed: bool = True
    # The field to send that names a thing made before, to go on with it.
    continues: str = ""

    # A stream without an end; a download.
    live: bool = False
    attachment: bool = False


@dataclass(frozen=True)
class Field:
    """What a field of one name means in every answer and request: the keys of its entry."""

    # A timestamp of what has happened; it is set by others than the service; it is the moment of making.
    past: bool = False
    said_by_others: bool = False
    created: bool = False
    # A timestamp of an end to come; the moment since when a thing is over; the values when it is over.
    expires: bool = False
    ended: bool = False
    ended_by: tuple[str, ...] = ()
    # Timestamps that are never earlier than this one; the two ends of a duration.
    precedes: tuple[str, ...] = ()
    milliseconds_between: tuple[str, ...] = ()
    hours_between: tuple[str, ...] = ()

    # The id of the caller's account; an object that says to what an item belongs.
    own_account: bool = False
    context: bool = False
    # No write changes it; it appears by itself after a while; why two views of a thing may differ in it.
    lasting: bool = False
    filled_later: bool = False
    volatile: str = ""
    # A list may hold the same thing twice.
    repeats: bool = False
    # How two values are compared: "any case", "any order" or "key or UUID".
    compare: str = ""
    # The beginning of those keys of an object that the caller cannot set.
    set_by_others: str = ""

    # Why an answer has another value than was sent; the fields that show it now, or from the next period on.
    never_echoed: str = ""
    answered_as: str = ""
    put_off: str = ""
    # Whether the value is hidden in reports and logs, whatever the name suggests.
    secret: bool | None = None


@dataclass(frozen=True)
class Parameter:
    """What a parameter of a path or query means: the keys of its entry."""

    # A query selects the items whose field of this name is equal, unless this is false; or another field, or
    # those whose field begins with it, or is a timestamp on one side of it.
    selects: bool = True
    field: str = ""
    prefix_of: str = ""
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    # The answer's name for what a path names; the fields that may name it; the kind of thing it is.
    answered_as: str = ""
    names: tuple[str, ...] = ()
    thing: str = ""
    # What stands in its place where the service cannot tell.
    unknown: str = ""
    # It names something of the service's own, not of an account's.
    same_for_all_accounts: bool = False


@dataclass(frozen=True)
class Thing:
    """A kind of thing: the names that tell it apart, and the fields that two views share (all, if none)."""

    named_by: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    # An entry that no write changes.
    record: bool = False
    # It belongs to the caller, and what was sent may name it.
    personal: bool = False
    # A second identity of a thing.
    beside: bool = False
    # Where its name is unique: below a path parameter, in an account, in the whole API; else in its area.
    within: str = ""
    in_account: bool = False
    everywhere: bool = False
    # The values of a thing that still changes, and the fields that views of it share meanwhile.
    unfinished: Mapping[str, Any] = field(default_factory=dict)
    unfinished_fields: tuple[str, ...] = ()
    # What one view shows inside of an object, under another name, or as the list that another view counts.
    merged: tuple[str, ...] = ()
    renamed: Mapping[str, Any] = field(default_factory=dict)
    counted: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """How answers carry things."""

    # The fields whose object speaks for the whole answer; the lists whose entries are things of their own.
    envelopes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    # The names that tell the items of a list apart: the first that an item has.
    told_apart_by: tuple[tuple[str, ...], ...] = ()
    # The fields that may name the thing of a path; the ids that other views call `id`.
    named_by: tuple[str, ...] = ()
    known_as_id: tuple[str, ...] = ()
    # A list of fewer items is complete, if no limit was asked for.
    smallest_page: int = 1


@dataclass(frozen=True)
class Areas:
    """The areas of an API, by the first word of a path after `prefix`, and how far a write in one reaches."""

    prefix: str = "/"
    # Groups of areas, and what a write in a group changes: areas or groups. Others change their own area.
    groups: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    # The area whose writes change everything; those that list every write.
    seeds: str = ""
    recorded_in: tuple[str, ...] = ()
    # Their lists show the caller's own things; they show things as the caller sees them; no account's things.
    personal_lists: tuple[str, ...] = ()
    personal_views: tuple[str, ...] = ()
    of_no_account: tuple[str, ...] = ()
    # The field that names the entries of a catalogue; the fields that go on changing after a write.
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
    wire: Wire = field(default=Wire())
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
