"""Speech recognition by Whisper. The only faster_whisper import.

faster-whisper's `transcribe` either detects among 99 languages or encodes a second time; here one encoding serves the
choice between the two languages of the room and the decoding.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer

from kiosk import textrules
from kiosk.config import SpeechConfig
from kiosk.errors import ModelDamaged
from kiosk.types import SAMPLE_RATE, Flag, Samples, Transcript

UNSURE_BELOW: Final = 0.7
"""Probability of the chosen language against the other one below which the caption says that it is a guess."""

UNSURE_WORDS_BELOW: Final = -0.6
"""Mean log-probability a token below which the caption says that it was badly heard.

Of 183 human utterances in 7 languages 9 lie below, most of them misheard beyond recognition.
"""

MOST_THREADS: Final = 4
"""At most: faster-whisper's own default. What more would bring was not measured."""

# OpenAI's own thresholds and temperatures (whisper/transcribe.py), fewer of the latter: each costs a decoding.
_COMPRESSION_RATIO: Final = 2.4
_LOG_PROBABILITY: Final = -1.0
_TEMPERATURES: Final = (0.0, 0.4, 0.8)
_BEST_OF: Final = 3

_FULL_WINDOW: Final = 3_000
"""Mel frames of 10 ms in the 30 s that Whisper was trained on."""
_MAX_TOKENS: Final = 224


@dataclass(frozen=True, slots=True)
class _Decoded:
    text: str
    no_speech: float
    log_probability: float
    compression_ratio: float

    @property
    def sound(self) -> bool:
        """Neither repetitive nor improbable; an improbable answer to silence is left to the rules on silence."""
        if self.compression_ratio > _COMPRESSION_RATIO:
            return False
        return self.log_probability >= _LOG_PROBABILITY or self.no_speech > textrules.NO_SPEECH


class WhisperTranscriber:
    """Whisper in int8 on the CPU.

    `locate` checks the model and returns the folder of its config.json, model.bin, tokenizer.json and vocabulary.txt.
    """

    def __init__(self, locate: Callable[[], Path], config: SpeechConfig) -> None:
        self._locate = locate
        self._config = config
        self._model: WhisperModel | None = None
        self._suppressed: list[int] = []

    def load(self) -> None:
        """Check and read the model. Raises ModelMissing, ModelDamaged."""
        if self._model is not None:
            return
        folder = self._locate()
        threads = self._config.threads or min(os.cpu_count() or 1, MOST_THREADS)
        try:
            self._model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelDamaged(
                f"Le modèle de reconnaissance {folder.name} ne se charge pas.",
                f"Réinstallez-le : kiosk models verify, puis kiosk models pull {folder.name}.",
            ) from error

    def transcribe(self, samples: Samples, languages: tuple[str, str], *, final: bool) -> Transcript:
        """What was said in up to 30 s of sound, in whichever of `languages` is the likelier."""
        whisper = self._loaded
        encoded = self._encode(samples, _FULL_WINDOW if final else _partial_window(samples.size / SAMPLE_RATE))
        language, probability = self._choose(encoded, languages)
        tokenizer = Tokenizer(whisper.hf_tokenizer, whisper.model.is_multilingual, task="transcribe", language=language)
        if final:
            decoded = self._decode(encoded, tokenizer, self._config.beam, _TEMPERATURES)
        else:
            decoded = self._decode(encoded, tokenizer, 1, _TEMPERATURES[:1])
            if not decoded.sound:
                # Better nothing for a moment than a loop on the screen; the final will tell.
                decoded = replace(decoded, text="")
        text = textrules.without_loops(decoded.text)
        flags = []
        if probability < UNSURE_BELOW:
            flags.append(Flag.UNSURE_LANGUAGE)
        if decoded.log_probability < UNSURE_WORDS_BELOW:
            flags.append(Flag.UNSURE_WORDS)
        if text != decoded.text or decoded.compression_ratio > _COMPRESSION_RATIO:
            flags.append(Flag.LOOP)
        return Transcript(text, language, probability, decoded.no_speech, decoded.log_probability, tuple(flags))

    def encode_silence(self) -> None:
        """Encode one window, which is what a machine's speed depends on."""
        self._encode(np.zeros(SAMPLE_RATE, np.float32), _FULL_WINDOW)

    def _encode(self, samples: Samples, window: int) -> Any:
        return self._loaded.encode(pad_or_trim(self._loaded.feature_extractor(samples), window))

    @property
    def _loaded(self) -> WhisperModel:
        if self._model is None:
            raise RuntimeError("load() first")
        return self._model

    def _choose(self, encoded: Any, languages: tuple[str, str]) -> tuple[str, float]:
        """The likelier of two languages, and its probability once the 97 others are ruled out."""
        probabilities = {token[2:-2]: p for token, p in self._loaded.model.detect_language(encoded)[0]}
        first, second = (probabilities.get(language, 0.0) for language in languages)
        total = first + second or 1.0
        return (languages[0], first / total) if first >= second else (languages[1], second / total)

    def _decode(self, encoded: Any, tokenizer: Tokenizer, beam: int, temperatures: tuple[float, ...]) -> _Decoded:
        """Decode with a beam, then by sampling at rising temperatures while the answer is unsound."""
        prompt = self._loaded.get_prompt(tokenizer, [], without_timestamps=True)
        answers = []
        for temperature in temperatures:
            how: dict[str, Any] = {"beam_size": beam}
            if temperature > 0:
                how = {
                    "beam_size": 1,
                    "num_hypotheses": _BEST_OF,
                    "sampling_topk": 0,
                    "sampling_temperature": temperature,
                }
            result = self._loaded.model.generate(
                encoded,
                [prompt],
                max_length=len(prompt) + _MAX_TOKENS,
                return_scores=True,
                return_no_speech_prob=True,
                suppress_tokens=self._suppress(tokenizer),
                **how,
            )[0]
            tokens = result.sequences_ids[0]
            text = tokenizer.decode(tokens).strip()
            answer = _Decoded(
                text=text,
                no_speech=result.no_speech_prob,
                # The score is a mean over the tokens; the end-of-text token counts among them.
                log_probability=result.scores[0] * len(tokens) / (len(tokens) + 1),
                compression_ratio=_compression_ratio(text),
            )
            if answer.sound:
                return answer
            answers.append(answer)
        # The least repetitive answers first, the likeliest of them: a loop comes with a high probability.
        return max(answers, key=lambda a: (a.compression_ratio <= _COMPRESSION_RATIO, a.log_probability))

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


def _partial_window(seconds: float) -> int:
    """Mel frames, an even number, to encode for a partial: speech and 2 s more, 12 s at least.

    Over 183 utterances in 7 languages this encodes in 0.11 s instead of 0.99, at a word error rate of 24.5 instead of
    23.0; a floor of 8 s gives 25.7, none 34.1 (loops). A partial is replaced within a second, so that suits partials.
    """
    return min(_FULL_WINDOW, max(1_200, 2 * round(50 * (seconds + 2))))


def _compression_ratio(text: str) -> float:
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0
