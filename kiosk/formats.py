"""Captions as text: for people, for scripts (JSONL) and for players (SRT, WebVTT). Pure."""

from __future__ import annotations

import json
from typing import Final, Literal

from kiosk.plain import clean
from kiosk.types import SAMPLE_RATE, Caption, Side

Format = Literal["text", "jsonl", "srt", "vtt"]
FORMATS: Final[tuple[Format, ...]] = ("text", "jsonl", "srt", "vtt")

_SIDES: Final = {Side.STAFF: "Équipe", Side.FAMILY: "Famille"}


def header(form: Format) -> str:
    """What stands before the first caption."""
    return "WEBVTT\n\n" if form == "vtt" else ""


def render(caption: Caption, form: Format) -> str:
    """One caption, with its closing line end."""
    match form:
        case "jsonl":
            return _jsonl(caption)
        case "text":
            return _text(caption)
        case "srt":
            return f"{caption.utterance_id}\n{_cue(caption, ',')}"
        case "vtt":
            return _cue(caption, ".")


def _jsonl(caption: Caption) -> str:
    latency = caption.latency
    fields = {
        "id": caption.utterance_id,
        "final": caption.final,
        "settled": caption.settled,
        "start": round(caption.start / SAMPLE_RATE, 3),
        "end": round(caption.end / SAMPLE_RATE, 3),
        "language": caption.transcript.language,
        "language_probability": round(caption.transcript.probability, 4),
        "text": caption.transcript.text,
        "target": caption.translation.target,
        "translation": caption.translation.text,
        "engine": caption.translation.engine,
        "figures": list(caption.translation.figures),
        "flags": [str(flag) for flag in caption.flags],
        "latency": {
            "endpoint": round(latency.endpoint, 3),
            "transcribe": round(latency.transcribe, 3),
            "translate": round(latency.translate, 3),
            "total": round(latency.total, 3),
        },
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _text(caption: Caption) -> str:
    seconds = caption.start // SAMPLE_RATE
    doubts = f"  {marks}" if (marks := _marks(caption)) else ""
    more = "" if caption.final else " …"
    margin = " " * 7
    figures = f"{margin}    {said}\n" if (said := _figures(caption)) else ""
    return (
        f"{seconds // 60:02d}:{seconds % 60:02d}  {_SIDES[caption.side]}{doubts}\n"
        f"{margin}{caption.transcript.language}  {clean(caption.transcript.text)}{more}\n"
        f"{margin}{caption.translation.target}  {clean(caption.translation.text)}{more}\n{figures}\n"
    )


def _cue(caption: Caption, decimal: str) -> str:
    start, end = _clock(caption.start, decimal), _clock(caption.end, decimal)
    # A cue ends at a blank line, and "-->" must not stand in its text.
    texts = (clean(caption.transcript.text), clean(caption.translation.text), _figures(caption), _marks(caption))
    lines = [line.replace("-->", "→") for line in texts if line]
    return f"{start} --> {end}\n" + "\n".join(lines) + "\n\n"


def _marks(caption: Caption) -> str:
    return f"[{', '.join(caption.flags)}]" if caption.flags else ""


def _figures(caption: Caption) -> str:
    """The quantities as they were said, where those of the translation cannot be trusted."""
    return f"= {' · '.join(map(clean, caption.translation.figures))}" if caption.translation.figures else ""


def _clock(samples: int, decimal: str) -> str:
    milliseconds = samples * 1000 // SAMPLE_RATE
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{decimal}{milliseconds:03d}"
