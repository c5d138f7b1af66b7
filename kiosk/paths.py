"""Where the product's own files lie: beside the package, in the folder that install.sh set up.

What is one user's lies in that user's own folders, wherever the system has them. The only platformdirs import.
"""

from pathlib import Path
from typing import Final

from platformdirs import user_data_path, user_documents_path, user_log_path, user_state_path

ROOT: Final = Path(__file__).resolve().parent.parent
ASSETS: Final = ROOT / "assets"
MODELS: Final = ROOT / "models"
VOCABULARY: Final = ASSETS / "vocabulary"
PHRASEBOOK: Final = ASSETS / "phrasebook"
QUALITY: Final = ASSETS / "quality" / "quality.toml"
PLAUSIBLE: Final = ASSETS / "plausible" / "plausible.toml"
GLOSSARY: Final = ASSETS / "glossary" / "glossary.toml"
INTERFACE: Final = ASSETS / "interface"
GUIDE: Final = ASSETS / "guide" / "guide.md"
MANIFEST: Final = MODELS / "manifest.toml"
STARTER: Final = MODELS / "starter"
SETTINGS: Final = ROOT / "kiosk.toml"
DEMO: Final = ASSETS / "demo" / "consultation.flac"
DEMO_TURNS: Final = DEMO.with_suffix(".json")


def log_file() -> Path:
    """Where the log of this user lies."""
    return user_log_path("kiosk") / "kiosk.log"


def machine_file() -> Path:
    """Where what `kiosk bench` found out about this machine lies, for this user."""
    return user_state_path("kiosk") / "machine.json"


def terminals_file() -> Path:
    """Where what the self-test found out about this user's terminals lies."""
    return user_state_path("kiosk") / "terminals.json"


def usage_file() -> Path:
    """Where how much this user's kiosk is used is counted, if the settings say so."""
    return user_state_path("kiosk") / "usage.json"


def local_phrasebook() -> Path:
    """Where what was reviewed and signed here lies, for this user: outside the product, so that updates keep it."""
    return user_data_path("kiosk") / "phrasebook"


def documents() -> Path:
    """Where this user keeps documents, by the name that the system gave this folder; it may not exist."""
    return user_documents_path()
