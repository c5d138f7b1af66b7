"""Every error that the program foresees.

    KioskError              a failure with a cause and a remedy        exit code 1
    ├── UsageError          a wrong command line                       exit code 2
    │   ├── SettingsError   a wrong kiosk.toml, environment or option
    │   └── LanguageError   a language code that nobody here knows
    ├── AudioError          sound cannot be had
    │   ├── AudioFileError  missing, empty or damaged recording
    │   └── DeviceError     no microphone, busy, refused, vanished
    ├── ModelError          a model file cannot serve
    │   ├── ModelMissing    not installed
    │   ├── ModelDamaged    differs from the manifest, or does not load
    │   └── PackageRefused  an archive that is corrupt or hostile
    ├── AssetError          an editable table of the program is wrong: file, line or key named
    ├── DownloadError       server gone, wrong hash
    └── OutputError         disk full, read-only folder

    EndOfAudio              not a failure: a recording has been read to its end

Messages are in French, since staff read them, and never hold what was said.
"""

from typing import ClassVar, Final

UNFORESEEN: Final = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a rule may raise on a text that nobody thought of. Where a doubt can stand for its answer, it does: a caption in
doubt is better than none, and than the end of a consultation."""


class KioskError(Exception):
    """A failure that a person can act upon.

    `message` names the cause in one sentence; `remedy` says what to do, or is empty.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(KioskError):
    """A wrong command line."""

    exit_code = 2


class SettingsError(UsageError):
    """A wrong setting; the message names the file, the key and what is allowed."""


class LanguageError(UsageError):
    """A language code that is not in `kiosk.languages`."""


class AudioError(KioskError):
    """Sound cannot be had."""


class AudioFileError(AudioError):
    """A recording is missing, empty, not audio or cut short."""


class DeviceError(AudioError):
    """A microphone is absent, busy, refused or has vanished."""


class ModelError(KioskError):
    """A model file cannot serve."""


class ModelMissing(ModelError):
    """A model that is needed is not installed."""


class ModelDamaged(ModelError):
    """An installed model differs from the manifest or does not load."""


class PackageRefused(ModelError):
    """An archive is corrupt, or an entry of it would leave its folder."""


class AssetError(KioskError):
    """An editable table (phrases, ranges, glossary) is missing or wrong; the message names the file and the place."""


class DownloadError(KioskError):
    """A download could not be finished; what was there before is untouched."""


class OutputError(KioskError):
    """A file or a folder that was asked for cannot be written."""


class EndOfAudio(Exception):
    """A recording has been read to its end."""
