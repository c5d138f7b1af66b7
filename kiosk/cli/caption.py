"""`kiosk caption`: a recording, or sound on standard input, to bilingual captions."""

from __future__ import annotations

import argparse
import queue
import sys
from pathlib import Path

from kiosk import build, formats, installed
from kiosk.config import Config
from kiosk.errors import AudioFileError, KioskError, UsageError
from kiosk.events import Event, Failure, Finished, Warned
from kiosk.types import Caption


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of `kiosk caption`."""
    parser.add_argument(
        "file", metavar="FICHIER", help="WAV, FLAC, OGG ou MP3 ; « - » pour du PCM brut (16 kHz, mono, 16 bits)"
    )
    parser.add_argument("--languages", metavar="ÉQUIPE,FAMILLE", help="les deux langues, par exemple fr,en")
    parser.add_argument("--format", choices=formats.FORMATS, default="text", help="forme des sous-titres")
    parser.add_argument("--pace", choices=("fast", "real"), default="fast", help="au plus vite, ou au rythme réel")
    parser.add_argument("--partials", action="store_true", help="aussi les sous-titres provisoires (text et jsonl)")
    parser.add_argument("--model", metavar="NOM", help="modèle de reconnaissance : auto, tiny, base ou small")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Print captions as they come, until the sound ends. Raises KioskError."""
    room = config.languages
    installed.check_models(config, room)
    if arguments.file == "-":
        if sys.stdin.isatty():
            raise UsageError(
                "« - » attend du son sur l'entrée standard.",
                "Exemple : arecord -f S16_LE -r 16000 -c 1 -t raw | kiosk caption -",
            )
        source = build.pcm_pipe(sys.stdin.fileno())
    else:
        source = build.open_recording(Path(arguments.file), real_pace=arguments.pace == "real")
    partials = arguments.partials and arguments.format in {"text", "jsonl"}
    # The pipeline's threads only queue; this thread prints, so that a slow or closed output harms none of them.
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    # Raw sound may come from a microphone at its own pace, or from a file as fast as it goes: nobody can tell.
    real_time = arguments.pace == "real" or arguments.file == "-"
    pipeline = build.pipeline(config, room, source, events.put, partials=partials, real_time=real_time)
    pipeline.start()
    try:
        _print_captions(events, arguments.format, partials=partials)
    finally:
        pipeline.stop()
    return 0


def _print_captions(events: queue.SimpleQueue[Event], form: formats.Format, *, partials: bool) -> None:
    """Print until the end. Raises KioskError at the end when the recording broke off, at once when the pipeline did."""
    warned: Warned | None = None
    sys.stdout.write(formats.header(form))
    while True:
        match events.get():
            case Caption(final=final) as caption if final or partials:
                sys.stdout.write(formats.render(caption, form))
                sys.stdout.flush()
            case Warned() as warned:
                pass
            case Failure(message, remedy):
                raise KioskError(message, remedy)
            case Finished():
                break
    if warned:
        raise AudioFileError(warned.message, warned.remedy)
