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

    phrase: str = ""  # What people do with it, as in "a visitor attempts to list the agents".
    # The `json` and `query` that are sent along when somebody tries it who may not.
    attempt: Mapping[str, Any] = field(default_factory=dict)

    items: str = "items"  # The field that holds the items of a list, unless the answer itself is the list.
    newest_first: str = ""  # The timestamp that a list is sorted by.
    sorted_by: str = ""  # The timestamp that the query's `direction` sorts by.
    short_pages: bool = False  # A page may be short, or empty, before a further one.
    shared: bool = False  # Anybody may add to the list and change what is in it.
    # Fields that count a list of the answer (`of`), the lists in its objects (`each`), or some (`where`).
    counts: Mapping[str, Any] = field(default_factory=dict)

    fixed: Mapping[str, Any] = field(default_factory=dict)  # Fields that have one value on success.
    now: str = ""  # The timestamp of the answer's own moment.
    shows: str = ""  # The path parameter whose thing is answered, where the path goes on after it.
    any_account: bool = False  # Other accounts than the caller's are named.
    shown_as: Mapping[str, Any] = field(default_factory=dict)  # How later views name what was sent.
    null_clears: bool = False  # A null that is sent clears the field.
    revokes: bool = False  # What is answered is over.
    made_now: bool = True  # False where 201 shows what was there before.

    effect: str = ""  # What a write changes, where that is not what its area says: one of EFFECTS.
    resource: str = ""  # The name of what has no id and is known by its path.
    makes: bool = False  # A success that is not 201 makes something, too.
    listed_at: str = ""  # The path of the list that shows what was made, where it is another one.
    listed: bool = True  # False where no list shows what was made.
    continues: str = ""  # The field to send that names a thing made before, to go on with it.

    live: bool = False  # A stream without an end.
    attachment: bool = False  # A download.


@dataclass(frozen=True)
class Field:
    """What a field of one name means in every answer and request: the keys of its entry."""

    past: bool = False  # A timestamp of what has happened.
    said_by_others: bool = False  # A timestamp that is set by others than the service.
    created: bool = False  # The moment of making.
    expires: bool = False  # A timestamp of an end to come.
    ended: bool = False  # The moment since when a thing is over.
    ended_by: tuple[str, ...] = ()  # The values when a thing is over.
    precedes: tuple[str, ...] = ()  # Timestamps that are never earlier than this one.
    milliseconds_between: tuple[str, ...] = ()  # The two ends of a duration.
    hours_between: tuple[str, ...] = ()

    own_account: bool = False  # The id of the caller's account.
    context: bool = False  # An object that says to what an item belongs.
    lasting: bool = False  # No write changes it.
    filled_later: bool = False  # It appears by itself after a while.
    volatile: str = ""  # Why two views of a thing may differ in it.
    repeats: bool = False  # A list may hold the same thing twice.
    compare: str = ""  # How two values are compared: "any case", "any order" or "key or UUID".
    set_by_others: str = ""  # The beginning of those keys of an object that the caller cannot set.

    never_echoed: str = ""  # Why an answer has another value than was sent.
    answered_as: str = ""  # The field that shows what was sent, from now on.
    put_off: str = ""  # The field that shows what was sent, from the next period on.
    secret: bool | None = None  # Whether reports and logs hide the value, whatever the name suggests.


@dataclass(frozen=True)
class Parameter:
    """What a parameter of a path or query means: the keys of its entry."""

    selects: bool = True  # A query selects the items whose field of this name is equal, unless this is false.
    field: str = ""  # The field that is equal, where it has another name.
    prefix_of: str = ""  # The field that begins with the value.
    not_before: tuple[str, ...] = ()  # The timestamps that are not before the value.
    not_after: tuple[str, ...] = ()  # The timestamps that are not after the value.
    answered_as: str = ""  # The answer's name for what a path names.
    names: tuple[str, ...] = ()  # The fields that may name what a path names.
    thing: str = ""  # The kind of thing that a path names.
    unknown: str = ""  # What stands in its place where the service cannot tell.
    same_for_all_accounts: bool = False  # It names something of the service's own, not of an account's.


@dataclass(frozen=True)
class Thing:
    """A kind of thing: the names that tell it apart, and the fields that two views share (all, if none)."""

    named_by: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    record: bool = False  # An entry that no write changes.
    personal: bool = False  # It belongs to the caller, and what was sent may name it.
    beside: bool = False  # A second identity of a thing.
    within: str = ""  # The path parameter below which its name is unique; none of the three: in its area.
    in_account: bool = False  # Its name is unique in an account.
    everywhere: bool = False  # Its name is unique in the whole API.
    unfinished: Mapping[str, Any] = field(default_factory=dict)  # The values of one that still changes.
    unfinished_fields: tuple[str, ...] = ()  # The fields that views of it share while it does.
    merged: tuple[str, ...] = ()  # What one view shows inside of an object.
    renamed: Mapping[str, Any] = field(default_factory=dict)  # What one view shows under another name.
    counted: Mapping[str, Any] = field(default_factory=dict)  # The lists that another view counts.


@dataclass(frozen=True)
class Answers:
    """How answers carry things."""

    envelopes: tuple[str, ...] = ()  # The fields whose object speaks for the whole answer.
    parts: tuple[str, ...] = ()  # The lists whose entries are things of their own.
    # The names that tell the items of a list apart: the first that an item has.
    told_apart_by: tuple[tuple[str, ...], ...] = ()
    named_by: tuple[str, ...] = ()  # The fields that may name the thing of a path.
    known_as_id: tuple[str, ...] = ()  # The ids that other views call `id`.
    smallest_page: int = 1  # A list of fewer items is complete, if no limit was asked for.


@dataclass(frozen=True)
class Areas:
    """The areas of an API, by the first word of a path after `prefix`, and how far a write in one reaches."""

    prefix: str = "/"
    groups: Mapping[str, Any] = field(default_factory=dict)  # Groups of areas.
    # What a write in a group changes: areas or groups. Others change their own area.
    changes: Mapping[str, Any] = field(default_factory=dict)
    seeds: str = ""  # The area whose writes change everything.
    recorded_in: tuple[str, ...] = ()  # The areas that list every write.
    personal_lists: tuple[str, ...] = ()  # Their lists show the caller's own things.
    personal_views: tuple[str, ...] = ()  # They show things as the caller sees them.
    of_no_account: tuple[str, ...] = ()  # They show no account's things.
    catalogues: Mapping[str, Any] = field(default_factory=dict)  # The field that names the entries of each.
    unsettled: Mapping[str, Any] = field(default_factory=dict)  # Fields that go on changing after a write.

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
