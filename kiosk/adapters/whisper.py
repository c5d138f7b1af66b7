"""Speech recognition by Whisper. The only faster_whisper import.

faster-whisper's `transcribe` pads every call to 30 s, and either detects among 99 languages or encodes a second time.
Here no more is encoded than was said and a margin, one encoding serves the choice between the two languages of the room
and the decoding; `kiosk.windows` says when to listen again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer

from kiosk import textrules
from kiosk.allocator import give_memory_back
from kiosk.config import SpeechConfig
from kiosk.errors import ModelDamaged
from kiosk.hypothesis import Doubt, Hypothesis, most_tokens
from kiosk.identify import Spoken, spoken, spoken_by
from kiosk.types import SAMPLE_RATE, Context, Flag, Samples, Transcript
from kiosk.windows import FULL, PARTIAL_FLOOR, Tally, listen, window

UNSURE_WORDS_BELOW: Final = -0.6
"""Mean log-probability a token below which the caption says that it was badly heard.

Of 183 human utterances in 7 languages 9 lie below, most of them misheard beyond recognition.
"""

MOST_THREADS: Final = 4
"""At most, and one for two cores: decoding, most of the work, is no faster with two.

On 2 cores a final takes 0.34 s of wall and 0.28 s of processor with one thread, 0.29 s and 0.40 s with two.
"""

_BEST_OF: Final = 3
"""Answers drawn when a temperature is given."""

_TRIM_EVERY: Final = 10
"""Finals after which free memory is given back to the system, which takes 4 to 10 ms.

Each window has its own size, and glibc keeps the pieces: after 80 utterances 281 MB, of which 78 are free.
"""

_MAX_TOKENS: Final = 224
_POSITIONS: Final = 448
"""Tokens that Whisper's decoder has places for, words told before included."""

_PUNCTUATION: Final = frozenset(("", *".,;:!?…-—\"'»”)", "...", "؟", "،", "۔", "।", "。", "！", "？"))

_POSITION: Final = 0.02
"""Seconds of an encoded position."""


class WhisperTranscriber:
    """Whisper in int8 on the CPU.

    `locate` checks the model and returns the folder of its config.json, model.bin, tokenizer.json and vocabulary.txt.
    `told`: by language, words that a final may hold, as text before it. `tally` counts in which windows finals were
    heard.
    """

    def __init__(self, locate: Callable[[], Path], config: SpeechConfig, told: Mapping[str, str] | None = None) -> None:
        self.tally = Tally()
        self._locate = locate
        self._config = config
        self._told = told or {}
        self._model: _Model | None = None

    @property
    def threads(self) -> int:
        """How many it computes with."""
        return self._config.threads or min(max(1, (os.cpu_count() or 1) // 2), MOST_THREADS)

    def load(self) -> None:
        """Check and read the model. Raises ModelMissing, ModelDamaged."""
        if self._model is not None:
            return
        folder = self._locate()
        try:
            whisper = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=self.threads, local_files_only=True
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelDamaged(
                f"Le modèle de reconnaissance {folder.name} ne se charge pas.",
                f"Réinstallez-le : kiosk models verify, puis kiosk models pull {folder.name}.",
            ) from error
        self._model = _Model(whisper, self._config.beam, self._told)
        # The first answer prepares what the next ones use, and takes longer: nobody should wait for it.
        self.transcribe(np.zeros(SAMPLE_RATE, np.float32), ("fr", "en"), Context(), final=False)

    def transcribe(
        self,
        samples: Samples,
        languages: tuple[str, str],
        context: Context,
        *,
        final: bool,
        wanted: Callable[[], bool] = lambda: True,
    ) -> Transcript:
        """What was said in up to 30 s of sound, in whichever of `languages` is the likelier."""
        seconds = samples.size / SAMPLE_RATE
        frames = window(seconds) if final else window(seconds, PARTIAL_FLOOR)
        encoded = self._loaded.encode(samples, frames)
        heard = self._spoken(encoded, languages, seconds, context)
        if final:
            ear = _Ear(self._loaded, samples, heard.language, {frames: encoded})
            hypothesis = listen(ear, seconds, heard.language, wanted, self.tally)
            if self.tally.finals % _TRIM_EVERY == 0:
                give_memory_back()
        else:
            hypothesis = self._quick(encoded, heard.language, seconds, context.settled)
        text = textrules.without_loops(hypothesis.text)
        flags = []
        if heard.unsure:
            flags.append(Flag.UNSURE_LANGUAGE)
        doubt = hypothesis.doubt(heard.language) if final else None
        if hypothesis.log_probability < UNSURE_WORDS_BELOW or doubt in (Doubt.CUT_SHORT, Doubt.ENDLESS):
            flags.append(Flag.UNSURE_WORDS)
        if text != hypothesis.text or hypothesis.doubt(heard.language) is Doubt.LOOP:
            flags.append(Flag.LOOP)
        return Transcript(
            text, heard.language, heard.probability, hypothesis.no_speech, hypothesis.log_probability, tuple(flags)
        )

    def language_probabilities(self, samples: Samples) -> dict[str, float]:
        """Of every language that Whisper knows, by code, in up to 30 s of sound."""
        return self._loaded.probabilities(self._loaded.encode(samples, window(samples.size / SAMPLE_RATE)))

    def encode_silence(self, seconds: float) -> None:
        """Encode what `seconds` of speech would take, which is what a machine's speed depends on."""
        self._loaded.encode(np.zeros(round(seconds * SAMPLE_RATE), np.float32), window(seconds))

    @property
    def _loaded(self) -> _Model:
        if self._model is None:
            raise RuntimeError("load() first")
        return self._model

    def _spoken(self, encoded: Any, languages: tuple[str, str], seconds: float, context: Context) -> Spoken:
        if context.language is not None:
            return Spoken(context.language, 1.0)
        probabilities = self._loaded.probabilities(encoded)
        if context.floor is not None:
            return spoken_by(context.floor, probabilities, languages)
        return spoken(probabilities, languages, seconds, context.previous)

    def _quick(self, encoded: Any, language: str, seconds: float, settled: str) -> Hypothesis:
        """Greedily, going on from the words that are settled."""
        hypothesis = self._loaded.decode(encoded, language, seconds, {"beam_size": 1}, settled)
        if hypothesis.doubt(language) in (Doubt.LOOP, Doubt.ENDLESS):
            # Better what is settled for a moment than a loop on the screen; the final will tell.
            return Hypothesis(settled, 0, seconds, hypothesis.no_speech, hypothesis.log_probability)
        return hypothesis


class _Ear:
    """One utterance in one language: `kiosk.windows.Ear`. `encoded`: what is encoded already, by mel frames."""

    def __init__(self, model: _Model, samples: Samples, language: str, encoded: dict[int, Any]) -> None:
        self._model = model
        self._samples = samples
        self._language = language
        self._encoded = encoded

    def look(self, frames: int) -> Hypothesis:
        return self._model.look(self._in_window(frames), self._language, self._samples.size / SAMPLE_RATE)

    def look_at_end(self, seconds: float, frames: int) -> Hypothesis:
        rest = self._samples[-round(seconds * SAMPLE_RATE) :]
        return self._model.look(self._model.encode(rest, frames), self._language, rest.size / SAMPLE_RATE)

    def sample(self, temperature: float) -> Hypothesis:
        how: dict[str, Any] = {"beam_size": self._model.beam}
        if temperature > 0:
            how = {
                "beam_size": 1,
                "num_hypotheses": _BEST_OF,
                "sampling_topk": 0,
                "sampling_temperature": temperature,
            }
        return self._model.decode(self._in_window(FULL), self._language, self._samples.size / SAMPLE_RATE, how)

    def _in_window(self, frames: int) -> Any:
        if frames not in self._encoded:
            self._encoded[frames] = self._model.encode(self._samples, frames)
        return self._encoded[frames]


class _Model:
    """faster-whisper's model, taken apart: sound to an encoding, an encoding to languages or to words."""

    def __init__(self, whisper: WhisperModel, beam: int, told: Mapping[str, str]) -> None:
        self.beam = beam
        self._whisper = whisper
        self._told = told
        self._suppressed: list[int] = []

    def encode(self, samples: Samples, frames: int) -> Any:
        """`samples` in a window of so many mel frames, the rest of it zero."""
        return self._whisper.encode(pad_or_trim(self._whisper.feature_extractor(samples), frames))

    def probabilities(self, encoded: Any) -> dict[str, float]:
        """Of every language, by code."""
        return {token[2:-2]: p for token, p in self._whisper.model.detect_language(encoded)[0]}

    def look(self, encoded: Any, language: str, seconds: float) -> Hypothesis:
        """What a beam finds, knowing how much sound follows its last word."""
        answer = self.decode(encoded, language, seconds, {"beam_size": self.beam})
        return self._heard_to_the_end(answer, encoded, language)

    def decode(
        self, encoded: Any, language: str, seconds: float, how: dict[str, Any], settled: str | None = None
    ) -> Hypothesis:
        """`settled`: None for a final, which may be told words, or what a hypothesis must begin with."""
        tokenizer = self._tokenizer(language)
        told = self._told.get(language, "") if settled is None else ""
        before = tokenizer.encode(f" {told}") if told else []
        prefix = tokenizer.encode(f" {settled}") if settled else []
        prompt = [*self._whisper.get_prompt(tokenizer, before, without_timestamps=True), *prefix]
        result = self._whisper.model.generate(
            encoded,
            [prompt],
            max_length=min(_POSITIONS, len(prompt) - len(prefix) + min(most_tokens(seconds, language), _MAX_TOKENS)),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=self._suppress(tokenizer),
            **how,
        )[0]
        # The prefix, which CTranslate2 decodes like the rest, one step a token, stands in the answer too.
        tokens = result.sequences_ids[0]
        more = tokenizer.decode(tokens[len(prefix) :])
        return Hypothesis(
            text=settled + more.rstrip() if settled else more.strip(),
            tokens=len(tokens),
            seconds=seconds,
            no_speech=result.no_speech_prob,
            # The score is a mean over the tokens; the end-of-text token counts among them.
            log_probability=result.scores[0] * len(tokens) / (len(tokens) + 1),
        )

    def _heard_to_the_end(self, hypothesis: Hypothesis, encoded: Any, language: str) -> Hypothesis:
        """The same, knowing how much sound follows its last word, by the decoder's attention: 0.03 s here.

        In short windows Whisper at times stops after the first words, and is sure of them.
        """
        tokenizer = self._tokenizer(language)
        tokens = tokenizer.encode(f" {hypothesis.text}")
        if not hypothesis.text or hypothesis.tokens >= _MAX_TOKENS:
            return hypothesis
        (alignment,) = self._whisper.model.align(
            encoded, tokenizer.sot_sequence, [tokens], num_frames=round(hypothesis.seconds * 100)
        )
        # Pairs of a token and a position. What follows the last word, a full stop or the end, takes what sound is left.
        after = len(tokens)
        while after and tokenizer.decode([tokens[after - 1]]).strip() in _PUNCTUATION:
            after -= 1
        end = next((position for token, position in alignment.alignments if token == after), None)
        return hypothesis if end is None else replace(hypothesis, unheard=hypothesis.seconds - end * _POSITION)

    def _tokenizer(self, language: str) -> Tokenizer:
        whisper = self._whisper
        return Tokenizer(whisper.hf_tokenizer, whisper.model.is_multilingual, task="transcribe", language=language)

    def _suppress(self, tokenizer: Tokenizer) -> list[int]:
        """Tokens that no speech can give: markup, music notes, speaker tags. The same for every language."""
        if not self._suppressed:
            special = (
                tokenizer.transcribe,
                tokenizer.translate,
                tokenizer.sot,
                tokenizer.sot_prev,
                tokenizer.sot_lm,
                tokenizer.no_speech,
            )
            self._suppressed = sorted({*tokenizer.non_speech_tokens, *special})
        return self._suppressed
