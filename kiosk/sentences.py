"""Text to sentences, by Whisper's punctuation and a few rules: translation models were trained on one at a time."""

from __future__ import annotations

import re
from typing import Final

# A sentence ends at closing punctuation followed by a space; full-width punctuation needs none. "2.5" has no space, and
# an abbreviated title or a lone capital ("Mme. Martin", "J. Dupont") is not an end.
_END: Final = re.compile(
    r"""(?<!\bM)(?<!\bMM)(?<!\bMme)(?<!\bMlle)(?<!\bDr)(?<!\bPr)(?<!\bSt)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSr)(?<!\bSra)
        (?<!\bDott)(?<!\bsig)(?<!\benv)(?<!\bex)(?<!\bvs)(?<!\b[A-Z])
        (?<=[.!?…؟۔।])["»”)]*\s+
      | (?<=[。！？])\s*""",
    re.VERBOSE,
)


def split_sentences(text: str) -> list[str]:
    """The sentences of `text`, in order, without surrounding space; none for blank text."""
    return [sentence for part in _END.split(text) if (sentence := part.strip())]
