"""The shape of a scenario: pydantic models made from `parameters`, and their faults in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StrictBool,
    TypeAdapter,
    ValidationError,
    WrapValidator,
    create_model,
)

from .errors import MAX_FAULTS, Fault
from .parameters import BY_PATH, NEVER, PLAN, Parameter
from .scenario_faults import KEY, MAX_MONTHS, all_in_words
from .scenario_file import SECTIONS, TOP
from .scenario_yaml import Node, plain

MAX_ORGANISATIONS = 32
_STRICT = ConfigDict(extra="forbid", strict=True)


def _unwrapped(value: Any) -> Any:
    """Take a number out of an array's scalar, as designs and tables hand them over."""
    return value.item() if hasattr(value, "item") and not isinstance(value, type) else value


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _interval(value: Any, check: Callable[[Any], Any]) -> float:
    return NEVER if value == "never" and isinstance(value, str) else float(check(value))


def _choice_of(words: tuple[str, ...]) -> Callable[[Any], float]:
    def place(value: Any) -> float:
        if not isinstance(value, str):
            raise ValueError
        return float(words.index(value))

    return place


@cache
def annotation(parameter: Parameter) -> Any:
    """Return the type that checks a parameter's value and gives the number that rules read."""
    low, high = parameter.low, parameter.high
    if parameter.sort == "flag":
        return Annotated[StrictBool, AfterValidator(float)]
    if parameter.sort == "choice":
        return Annotated[Any, PlainValidator(_choice_of(parameter.words))]
    if parameter.sort == "number":
        bound = Field(ge=low, le=high, allow_inf_nan=False, strict=True)
        return Annotated[float, bound, BeforeValidator(_unwrapped)]
    whole = Annotated[int, Field(ge=int(low), le=int(high), strict=True), BeforeValidator(_whole)]
    if parameter.sort == "interval":
        return Annotated[Any, WrapValidator(_interval_of(whole)), BeforeValidator(_unwrapped)]
    return Annotated[whole, AfterValidator(float), BeforeValidator(_unwrapped)]


def _interval_of(whole: Any) -> Callable[[Any, Any], float]:
    check = TypeAdapter(whole).validate_python
    return lambda value, _: _interval(value, check)


def number(parameter: Parameter, value: Any) -> float:
    """Return a value as the number that rules read.

    Raises
    ------
    pydantic.ValidationError
        Where the value is not allowed.
    """
    return float(_adapter(parameter).validate_python(value))


@cache
def _adapter(parameter: Parameter) -> TypeAdapter[Any]:
    return TypeAdapter(annotation(parameter))


def words(value: Any) -> dict[str, str]:
    """Return a text in both languages; one language, or a bare word, stands for both."""
    if isinstance(value, str) and value.strip():
        return {"en": value, "id": value}
    if not isinstance(value, dict) or not value or set(value) - {"en", "id"}:
        raise ValueError
    if not all(isinstance(word, str) and word.strip() for word in value.values()):
        raise ValueError
    first = next(iter(value.values()))
    return {"en": value.get("en", first), "id": value.get("id", first)}


def _names(value: Any) -> tuple[str, ...]:
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(
        isinstance(name, str) and re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) for name in found
    ):
        raise ValueError
    return tuple(found)


Words = Annotated[Any, PlainValidator(words)]
Names = Annotated[Any, PlainValidator(_names)]


def _section(name: str, paths: dict[str, Parameter]) -> Any:
    """Make the model of a block from the dotted paths below it."""
    fields: dict[str, Any] = {}
    for head in dict.fromkeys(path.split(".")[0] for path in paths):
        if head in paths:
            parameter = paths[head]
            default = ... if parameter.default is None else parameter.default
            fields[head] = (annotation(parameter), default)
        else:
            inner = {p.split(".", 1)[1]: q for p, q in paths.items() if p.startswith(f"{head}.")}
            block = _section(head, inner)
            fields[head] = (block, Field(default_factory=block))
    return create_model(name.title(), __config__=_STRICT, **fields)


@cache
def scenario_model() -> type[BaseModel]:
    """Return the model of a whole scenario."""
    below = {
        section: {p.split(".", 1)[1]: q for p, q in BY_PATH.items() if p.startswith(f"{section}.")}
        for section in SECTIONS
    }
    sections = {name: _section(name, paths) for name, paths in below.items()}
    months = Annotated[
        int, Field(ge=1, le=MAX_MONTHS), BeforeValidator(_whole), BeforeValidator(_unwrapped)
    ]
    fields: dict[str, Any] = {
        "title": (Words, None),
        "question": (Words, None),
        "alias": (Names, ()),
        "months": (months, 120),
        "organisations": (dict[str, _plan_model()], ...),  # type: ignore[misc]
        "interventions": (list[_reaction_model()], Field(default_factory=list)),  # type: ignore[misc]
        "sources": (dict[str, str], Field(default_factory=dict)),
        **{name: (block, Field(default_factory=block)) for name, block in sections.items()},
    }
    model: type[BaseModel] = create_model("Scenario", __config__=_STRICT, **fields)
    return model


def _plan_model() -> Any:
    fields: dict[str, Any] = {
        name: (annotation(p), ... if p.default is None else p.default) for name, p in PLAN.items()
    }
    fields["name"] = (Words, None)
    return create_model("Organisation", __config__=_STRICT, **fields)


def _reaction_model() -> Any:
    months = Annotated[int, Field(ge=1, le=MAX_MONTHS)]
    fields: dict[str, Any] = {
        "month": (int, None),
        "when": (str, None),
        "for": (months, 1),
        "once": (bool, True),
        "why": (Words, None),
        "set": (dict[str, Any], ...),
        "else": (dict[str, Any], None),
    }
    return create_model("Intervention", __config__=_STRICT, **fields)


def checked(tree: Node) -> tuple[Any, list[Fault]]:
    """Check a scenario's tree; return the model (None where faulty) and all faults."""
    said = {k: v for k, v in plain(tree).items() if v is not None or k not in TOP}
    try:
        shape: Any = scenario_model().model_validate(said)
        faults: list[Fault] = []
    except ValidationError as wrong:
        shape = None
        told = wrong.errors(include_url=False, include_context=False, include_input=False)
        found = {_known_part(one["loc"]): one["type"] for one in told[:MAX_FAULTS]}
        faults = all_in_words(tree, found.items())
    faults += _organisation_faults(tree)
    return (None if faults else shape), faults


def _known_part(location: Iterable[int | str]) -> tuple[int | str, ...]:
    return tuple(part for part in location if part != "[key]")


def _organisation_faults(tree: Node) -> list[Fault]:
    """Say which organisations' keys cannot be, and whether there are too few or too many."""
    held = tree.child("organisations")
    if held is None or not isinstance(held.value, dict):
        return []
    faults = [
        node.key.fault(f"error.organisation.{'star' if key == '*' else 'key'}", key=key[:40])
        for key, node in held.value.items()
        if not KEY.fullmatch(key)
    ]
    faults += [
        node.key.fault("error.organisation.reserved", key=key)
        for key, node in held.value.items()
        if key == "total" or key.startswith("on_")
    ]
    if not held.value:
        faults.append(held.key.fault("error.organisation.none"))
    if len(held.value) > MAX_ORGANISATIONS:
        faults.append(held.key.fault("error.organisation.many", most=MAX_ORGANISATIONS))
    return faults[:MAX_FAULTS]
