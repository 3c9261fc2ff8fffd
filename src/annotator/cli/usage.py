"""Errors in command lines, and what to do about them, in the words of this program."""

import re

import click

from annotator.errors import AnnotatorError, did_you_mean
from annotator.model.text import clean_line

_OF_THE_PROGRAM = {"--library": "--library DIR", "--debug": "--debug"}  # before the command


def usage_error(error: click.ClickException, program: str) -> AnnotatorError:
    """Return what click found wrong as an error of this program."""
    return AnnotatorError(_words(error), _hint(error, program))


def _words(error: click.ClickException) -> str:
    told = _quoted(error.message)
    if isinstance(error, click.NoSuchOption):
        name, context = clean_line(error.option_name), error.ctx
        known = (
            [option for param in context.command.params for option in param.opts] if context else []
        )
        return f"Unknown option {name}.{did_you_mean(name, known)}"
    if isinstance(error, click.BadOptionUsage):  # its value is missing, or not wanted
        wants = "needs a value" if "requires" in told else "takes no value"
        return f"{clean_line(error.option_name)} {wants}."
    if isinstance(error, click.BadParameter) and error.param:
        return _of_value(error, error.param, told)
    extra = told.removeprefix("Got unexpected extra argument").removeprefix("s")
    return f"Unexpected{extra.replace('(', '“').replace(')', '”')}." if extra != told else told


def _of_value(error: click.BadParameter, param: click.Parameter, told: str) -> str:
    """Return what is wrong with the value of an option or argument."""
    is_option = isinstance(param, click.Option)
    name = max(param.opts, key=len) if is_option else param.human_readable_name.strip(".[]")
    choices = (
        f" Choose one of: {', '.join(map(str, param.type.choices))}."
        if isinstance(param.type, click.Choice)
        else ""
    )
    if isinstance(error, click.MissingParameter):
        return f"{name} is missing.{choices}"
    if choices:
        return f"Unknown {name}: {told.rpartition(' is not one of ')[0]}.{choices}"
    if isinstance(param.type, click.IntRange):
        least, most = param.type.min, param.type.max
        room = f"from {least} to {most}" if most is not None else f"of at least {least}"
        return f"{name} must be a whole number {room}."
    return told


def _quoted(told: str) -> str:
    """Return a sentence of click with the words and quotation marks of this program."""
    told = re.sub(r"'([^']*)'", r"“\1”", told)
    return re.sub("^(File|Directory|Path) (?=“)", "", told).replace(" directory", " folder")


def _hint(error: click.ClickException, program: str) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return ""
    if isinstance(error, click.NoSuchOption) and error.option_name in _OF_THE_PROGRAM:
        option = _OF_THE_PROGRAM[error.option_name]
        return f"Put it before the command: {program} {option} {context.info_name}"
    return f"See {context.command_path} --help"
