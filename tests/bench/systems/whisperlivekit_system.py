"""WhisperLiveKit with its LocalAgreement policy, through the AudioProcessor that its own server uses."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
from typing import Any

import numpy as np
from whisperlivekit import TranscriptionEngine
from whisperlivekit.audio_processor import AudioProcessor

from tests.bench.systems.screen import Screen

BLOCK_BYTES = 640
APART = 1.0
"""Seconds between committed words from which they are printed as two finals: they may belong to two utterances."""

LAST_WORDS = 45.0
"""Seconds after the end of the sound in which it may catch up."""


class Clock:
    """Seconds of sound at which a word was said.

    The processor restarts its own count after a long silence at the last word that it committed, so it runs behind by
    what it lost; it is told the true count with every chunk.
    """

    def __init__(self, online: Any) -> None:
        self.behind = 0.0
        self._online = online
        self._insert = online.insert_audio_chunk
        online.insert_audio_chunk = self._observe

    def _observe(self, audio: Any, end: float | None = None) -> None:
        self._insert(audio, end)
        if end is not None:
            self.behind = end - self._online.get_audio_buffer_end_time()


async def show(results: Any, processor: Any, clock: Clock, screen: Screen) -> None:
    """Print committed words once as finals and what its screen shows behind them as partials."""
    printed, pending = 0, ""
    async for _ in results:
        tokens = processor.state.tokens[printed:]
        printed += len(tokens)
        group: list[Any] = []
        for token in tokens:
            if group and token.start - group[-1].end > APART:
                settle(group, clock, screen)
                group = []
            group.append(token)
        settle(group, clock, screen)
        buffer = processor.state.buffer_transcription
        text = buffer.text.strip()
        if text != pending or (tokens and text):
            screen.partial(text, at=buffer.end + clock.behind if text and buffer.end is not None else None)
        pending = text


def settle(tokens: list[Any], clock: Clock, screen: Screen) -> None:
    """Print words that were committed together."""
    if tokens:
        screen.final("".join(token.text for token in tokens).strip(), at=tokens[-1].end + clock.behind)


async def run(model: str, language: str) -> None:
    """Feed standard input until it ends."""
    screen = Screen()
    engine = TranscriptionEngine(
        backend="faster-whisper",
        backend_policy="localagreement",
        model_path=model,
        lan=language,
        min_chunk_size=0.5,
        pcm_input=True,
        warmup_file="",
    )
    engine.asr.transcribe(np.zeros(16_000, np.float32))  # instead of the recording that it would download
    processor = AudioProcessor(transcription_engine=engine)
    results = await processor.create_tasks()
    clock = Clock(processor.transcription)
    shown = asyncio.create_task(show(results, processor, clock, screen))
    screen.ready()
    while block := await asyncio.to_thread(os.read, sys.stdin.fileno(), BLOCK_BYTES):
        await processor.process_audio(block)
    await processor.process_audio(b"")
    await asyncio.wait([shown], timeout=LAST_WORDS)
    await processor.cleanup()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of Whisper")
    parser.add_argument("--language", required=True, help="what is spoken")
    arguments = parser.parse_args()
    logging.disable(logging.INFO)  # it logs every word
    asyncio.run(run(arguments.model, arguments.language))


if __name__ == "__main__":
    main()
