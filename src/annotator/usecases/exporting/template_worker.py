"""Notes with templates of their user, written in a process of its own that has limits.

The sandbox of Jinja keeps a template from code and files, but not from counting for hours or
filling the memory. A process can be stopped, a thread cannot.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context
from typing import TypeVar

from annotator.errors import SettingsError
from annotator.export.markdown.presets import Preset, preset_named
from annotator.export.markdown.template_trial import try_templates
from annotator.usecases.sandbox.protocol import set_limits

Value = TypeVar("Value")
Written = TypeVar("Written")

SECONDS = 10  # of processor time for a note; most need a hundredth of it
MEMORY = 1 << 30  # bytes


class TemplateWorker:
    """A process with the templates of a user, which ends when this is no longer used."""

    def __init__(
        self,
        preset: str,
        templates: Mapping[str, str],
        *,
        seconds: float = SECONDS,
        memory: int = MEMORY,
    ) -> None:
        self._preset = (preset, tuple(templates.items()))
        self._limits = (seconds, memory)
        self._process = ProcessPoolExecutor(1, mp_context=get_context("spawn"))

    def run(self, write: Callable[[Value, Preset], Written], value: Value) -> Written:
        """Return what a function of a module makes of a value and the preset.

        Raises `SettingsError` for a mistake in a template, and for one that was stopped; no
        other is begun then.
        """
        try:
            return self._process.submit(_run, write, value, self._preset, self._limits).result()
        except BrokenProcessPool as error:
            raise SettingsError(
                "A template was stopped: it goes on for long, or fills the memory.",
                "Does a loop contain another one? `annotator config check` tries the templates.",
            ) from error

    def check(self) -> None:
        """Try the templates; raises `SettingsError` for a mistake in one."""
        self.run(_check, None)


def _check(_: None, preset: Preset) -> None:
    try_templates(preset)


def _run(
    write: Callable[[Value, Preset], Written],
    value: Value,
    preset: tuple[str, tuple[tuple[str, str], ...]],
    limits: tuple[float, int],
) -> Written:
    set_limits(*limits)
    return write(value, _preset(*preset))


@cache
def _preset(name: str, templates: tuple[tuple[str, str], ...]) -> Preset:
    """Return a preset with its templates, which are compiled once."""
    return preset_named(name, dict(templates))
