"""What behave leaves open: exits and interrupts in steps, hooks and cleanups, errors that it only prints."""

import functools
from collections.abc import Callable
from typing import Any

from acceptance.run.signals import Interrupts
from acceptance.verdicts.verdict import Troubles

Function = Callable[..., Any]


class ExitRefusedError(Exception):
    """A step, hook or cleanup called `sys.exit()`, which would end the run without cleanups."""


class GuardedSteps:
    """behave's step registry whose steps can be interrupted but cannot end the run."""

    def __init__(self, registry: Any, interrupts: Interrupts) -> None:
        self._registry = registry
        self._interrupts = interrupts

    def find_match(self, step: Any) -> Any:
        """Return the match of a step, or None when no definition fits."""
        match = self._registry.find_match(step)
        if match:
            match.func = self._interrupts.guard(refuse_exit(match.func))
        return match

    def __getattr__(self, name: str) -> Any:
        return getattr(self._registry, name)


def refuse_exit(function: Function) -> Function:
    """Return the function with SystemExit turned into an ordinary error."""

    @functools.wraps(function)
    def staying(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except SystemExit as exit_:
            name = getattr(function, "__name__", repr(function))
            raise ExitRefusedError(f"{name} called sys.exit({exit_.code!r})") from exit_

    return staying


def guard_hooks(hooks: dict[str, Any], interrupts: Interrupts, troubles: Troubles) -> None:
    """Replace the hooks by ones that note their errors; those that prepare something can be interrupted."""
    for name, hook in hooks.items():
        if name.startswith(("before_", "after_")) and callable(hook):
            hooks[name] = _guarded_hook(name, hook, interrupts, troubles)


def guard_cleanups(context: Any, troubles: Troubles) -> None:
    """Make every cleanup of the context note its error, and none keep the others from running."""
    do_cleanups = context._do_cleanups

    def guarded() -> None:
        layer = context._stack[0]
        owner = current_owner(context)
        layer["@cleanups"] = [_guarded_cleanup(cleanup, owner, troubles) for cleanup in layer["@cleanups"]]
        do_cleanups()

    context._do_cleanups = guarded


def current_owner(context: Any) -> Any:
    """Return the innermost scenario, rule or feature that is running, or None outside of all."""
    owners = (getattr(context, name, None) for name in ("scenario", "rule", "feature"))
    return next((owner for owner in owners if owner is not None), None)


def _guarded_hook(name: str, hook: Function, interrupts: Interrupts, troubles: Troubles) -> Function:
    run = refuse_exit(hook)
    if name.startswith("before_"):
        run = interrupts.guard(run)

    @functools.wraps(hook)
    def guarded(context: Any, *args: Any) -> Any:
        try:
            return run(context, *args)
        except (Exception, KeyboardInterrupt) as error:
            # behave keeps an error of a step hook with the step.
            if not name.endswith("_step"):
                troubles.note(current_owner(context), name, error)
            raise

    return guarded


def _guarded_cleanup(cleanup: Function, owner: Any, troubles: Troubles) -> Function:
    run = refuse_exit(cleanup)

    @functools.wraps(cleanup)
    def guarded() -> None:
        try:
            run()
        except Exception as error:
            troubles.note(owner, f"cleanup {getattr(cleanup, '__name__', '')}".strip(), error)
            raise

    return guarded
