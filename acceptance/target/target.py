"""The service under test: an external one, or processes that are started for the run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from acceptance.errors import TargetError
from acceptance.processes import Process

START_SECONDS = 60.0


@dataclass(kw_only=True)
class Target:
    """Where the service is, what reports call it, and the processes that are ours."""

    base_url: str
    name: str
    processes: list[Process] = field(default_factory=list)

    def stop(self) -> None:
        """Stop what was started for the run; an external service is left alone."""
        for process in self.processes:
            process.end()
        while self.processes:
            self.processes.pop().stop()

    def launch(
        self,
        module: Sequence[str],
        log: Path,
        environ: Mapping[str, str] | None = None,
        more: Sequence[str] = (),
    ) -> dict[str, str]:
        """Start a Python module, given with its arguments, that serves the target, and learn its URL.

        The module prints `listening on URL`, then `NAME listening on URL` for each of what it serves `more`,
        whose URLs are returned by name. It ends when its standard input does. Raises TargetError, and leaves
        nothing running, when it does not say so within a minute.
        """
        process = Process(module, log, environ)
        self.processes.append(process)
        urls = {}
        for name in ("", *more):
            url = process.announced(f"{name} listening on ".lstrip(), START_SECONDS)
            if url is None:
                self.stop()
                raise TargetError(f"the embedded service did not start ({process.last_words()}); see {log}")
            urls[name] = url
        self.base_url = urls.pop("")
        return urls
