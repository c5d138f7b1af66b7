"""`kiosk models`: list, pull, verify, add and bundle model files."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from kiosk import build, installed, paths
from kiosk.cli.progress import ConsoleReport
from kiosk.config import Config
from kiosk.errors import ModelDamaged, ModelError, ModelMissing, PackageRefused, UsageError
from kiosk.invocation import as_typed
from kiosk.languages import LANGUAGES, language
from kiosk.models import Manifest, ModelStore, Package
from kiosk.models.bundle import install_bundle, write_bundle
from kiosk.models.files import megabytes
from kiosk.models.firefox import FirefoxFiles, firefox_folders
from kiosk.models.installer import Installer
from kiosk.models.manifest import FilesPin
from kiosk.models.record import Origin
from kiosk.models.report import Report
from kiosk.models.routes import expected_of, find_route, legs_through_english
from kiosk.plain import clean
from kiosk.quality import EngineName

_STARTER: Final = "starter"
_PAIR: Final = re.compile(r"(firefox:)?([a-z]{2,3})-([a-z]{2,3})")
_ORIGINS: Final = {
    Origin.OFFICIAL: "officiel",
    Origin.INDEX: "officiel, sans empreinte publiée",
    Origin.STARTER: "démonstration",
    Origin.LOCAL: "ajouté à la main",
}
_NOT_FOR_FAMILIES: Final = "DÉMONSTRATION : ne pas utiliser avec une famille"

_PULL_HELP: Final = """\
NOM :
  tiny, base, small   un modèle de reconnaissance Whisper (« kiosk bench » dit lequel convient)
  fr-ar               les paquets de traduction officiels entre deux langues, dans les deux sens
                      (par l'anglais s'il le faut)
  firefox:en-pt       les modèles Firefox Translations entre deux langues, dans les deux sens
  starter             les paquets de démonstration fournis avec le programme

Sans NOM : ce qu'il faut à la salle réglée dans kiosk.toml. Si le serveur des paquets officiels est injoignable, les
paquets de démonstration les remplacent pour les langues qu'ils traduisent. Ce qui est déjà installé n'est pas
téléchargé à nouveau ; un téléchargement interrompu reprend où il s'est arrêté.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of `kiosk models`."""
    verbs = parser.add_subparsers(dest="verb", metavar="ACTION", required=True)
    verbs.add_parser("list", help="ce qui est installé et ce qui peut l'être")
    pull = verbs.add_parser(
        "pull",
        help="installer ce qui manque",
        epilog=_PULL_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    pull.add_argument("names", nargs="*", metavar="NOM", help="base, small, fr-ar, starter… (voir plus bas)")
    pull.add_argument("--from", dest="bundle", type=Path, metavar="DOSSIER", help="installer un lot, sans réseau")
    verbs.add_parser("verify", help="relire chaque fichier installé et le comparer à son empreinte")
    add = verbs.add_parser("add", help="installer un paquet Argos ou des modèles Firefox que l'on a déjà")
    add.add_argument("path", type=Path, metavar="CHEMIN", help="une archive .argosmodel, ou un dossier")
    bundle = verbs.add_parser("bundle", help="préparer un lot pour des machines sans réseau")
    bundle.add_argument("folder", type=Path, metavar="DOSSIER", help="un dossier neuf, ou un lot à remplacer")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Run one action; 1 when `verify` finds a damaged file. Raises KioskError."""
    store = ModelStore(config.models.path, Manifest.load(paths.MANIFEST))
    actions: dict[str, Callable[[ModelStore, argparse.Namespace, Config], int]] = {
        "list": _list,
        "pull": _pull,
        "verify": _verify,
        "add": _add,
        "bundle": _bundle,
    }
    return actions[arguments.verb](store, arguments, config)


def _pull(store: ModelStore, arguments: argparse.Namespace, config: Config) -> int:
    if arguments.bundle:
        if arguments.names:
            raise UsageError("« --from » installe tout le lot : ne donnez pas de nom avec.")
        with ConsoleReport() as report, Installer(store) as installer:
            bundle = install_bundle(arguments.bundle, installer, report)
            report.say(f"Lot installé : {megabytes(bundle.size)}, empreinte {bundle.fingerprint}")
        return 0
    for name in arguments.names:
        _check_name(name, store.manifest)
    # httpx2 takes 0.2 s to import, and nothing but a download needs it.
    from kiosk.models.download import Downloader
    from kiosk.models.pull_firefox import pull_firefox
    from kiosk.models.pull_packages import PackagePuller
    from kiosk.models.pull_whisper import pull_whisper

    with ConsoleReport() as report, Installer(store) as installer, Downloader() as downloader:
        packages = PackagePuller(installer, downloader, report)
        if not arguments.names:
            pull_whisper(installed.speech_to_install(config), installer, downloader, report)
            packages.room(config.languages)
        for name in arguments.names:
            if pair := _PAIR.fullmatch(name):
                if pair[1]:
                    pull_firefox(pair[2], pair[3], installer, report)
                else:
                    if size := _to_download(store, store.scan().packages, pair[2], pair[3]):
                        report.say(f"Paquets officiels {name} : {size} à télécharger.")
                    packages.pair(pair[2], pair[3])
                    _say_expected(store, config, (pair[2], pair[3]), report)
            elif name == _STARTER:
                packages.starter()
            else:
                pull_whisper(name, installer, downloader, report)
    return 0


def _say_expected(store: ModelStore, config: Config, pair: tuple[str, str], report: Report) -> None:
    """By which way a pair is translated now, and what to expect of it."""
    wanted = installed.preference(config)
    for source, target in (pair, pair[::-1]):
        route = find_route(store.packages(), source, target, wanted)
        way = " -> ".join((source, *(step.target for step in route.steps)))
        word = _NOT_FOR_FAMILIES if route.starter else f"qualité attendue : {expected_of([route], wanted.quality)}"
        report.say(f"{way} ({route.engine}) : {word}.")


def _check_name(name: str, manifest: Manifest) -> None:
    """Raise UsageError or LanguageError before anything is downloaded."""
    if pair := _PAIR.fullmatch(name):
        if language(pair[2]) == language(pair[3]):
            raise UsageError(f"« {name} » : deux langues différentes sont attendues.")
        return
    known = [pin.name for pin in manifest.whispers] + [_STARTER]
    if name not in known:
        raise UsageError(
            f"Modèle inconnu : « {name} ».", f"Noms possibles : {', '.join(known)}, ou deux langues comme fr-ar."
        )


def _verify(store: ModelStore, arguments: argparse.Namespace, config: Config) -> int:
    scan = store.scan()
    damages = list(scan.damaged)
    sound = 0
    for name, check in _checks(store, scan.packages):
        try:
            check()
        except ModelDamaged as damage:
            damages.append(damage)
        else:
            sound += 1
            print(f"En ordre  {name}", flush=True)
    for found in damages:
        print(f"ABÎMÉ     {clean(found.message)}\n          {as_typed(clean(found.remedy))}", flush=True)
    if not sound and not damages:
        raise ModelMissing(f"Aucun modèle n'est installé dans {store.directory}.", "Installez : kiosk models pull.")
    return 1 if damages else 0


def _checks(store: ModelStore, packages: Iterable[Package]) -> Iterator[tuple[str, Callable[[], object]]]:
    for pin in store.manifest.whispers:
        if store.has_whisper(pin.name):
            yield f"Whisper {pin.name}", partial(store.whisper, pin.name)
    for package in packages:
        yield _described(package), partial(store.verify_package, package)


def _add(store: ModelStore, arguments: argparse.Namespace, config: Config) -> int:
    with Installer(store) as installer:
        packages = list(_add_all(installer, arguments.path, partial(build.check_package, config)))
    for package in packages:
        print(f"Installé : {_described(package)}")
    if any(package.origin is Origin.LOCAL for package in packages):
        print(
            "ATTENTION : ce paquet n'a pas d'empreinte connue, personne n'en a vérifié le contenu.\n"
            "Ne l'utilisez que si vous faites confiance à sa source."
        )
    return 0


def _add_all(installer: Installer, path: Path, check: Callable[[Package], None]) -> Iterator[Package]:
    """An Argos archive, or the Firefox models of a folder; each is tried before it is put in place."""
    if path.is_file():
        yield installer.install_archive(path, Origin.LOCAL, check=check)
    elif path.is_dir():
        folders = firefox_folders(path)
        if not folders:
            raise PackageRefused(
                f"Le dossier {path} ne contient pas de modèle Firefox (model.….intgemm.alphas.bin).",
                "Donnez ce dossier-là, ou une archive .argosmodel.",
            )
        for given in [FirefoxFiles.in_folder(folder) for folder in folders]:
            yield installer.install_firefox(given, check)
    else:
        raise ModelError(f"{path} n'existe pas.", "Donnez une archive .argosmodel ou un dossier de fichiers Firefox.")


def _bundle(store: ModelStore, arguments: argparse.Namespace, config: Config) -> int:
    with ConsoleReport() as report:
        bundle = write_bundle(store, arguments.folder, report)
        report.say(f"Lot prêt dans {bundle.folder} : {megabytes(bundle.size)}, empreinte {bundle.fingerprint}")
        report.say("Sur l'autre machine : kiosk models pull --from DOSSIER (elle doit afficher la même empreinte).")
    return 0


def _list(store: ModelStore, arguments: argparse.Namespace, config: Config) -> int:
    print(f"Modèles dans {store.directory}\n\nReconnaissance de la parole (Whisper)")
    for pin in store.manifest.whispers:
        there = store.has_whisper(pin.name)
        state = "installé" if there else as_typed(f"kiosk models pull {pin.name}")
        print(f"  {pin.name:<14}{megabytes(pin.size):>10}   {state}")
    scan = store.scan()
    print("\nTraduction installée")
    for package in scan.packages:
        print(f"  {package.label:<18}{megabytes(package.size):>6}   {_kind(package)}")
    if not scan.packages:
        print("  rien")
    staff = config.room.staff
    print(f"\nTraduction à installer, dans les deux sens avec : {language(staff).french}")
    for family in LANGUAGES:
        wanted = as_typed(f"kiosk models pull {staff}-{family}")
        if family != staff and (size := _to_download(store, scan.packages, staff, family)):
            print(f"  {language(family).french:<14}{size:>10}   {wanted}")
    for models in store.manifest.firefox:
        if not _is_installed(models, scan.packages):
            name = f"firefox:{models.name}"
            print(f"  {name:<14}{megabytes(models.size):>10}   {as_typed(f'kiosk models pull {name}')}")
    for damage in scan.damaged:
        print(f"\nABÎMÉ : {clean(damage.message)}\n        {as_typed(clean(damage.remedy))}")
    return 0


def _to_download(store: ModelStore, packages: Iterable[Package], staff: str, family: str) -> str:
    """How much the official packages between two languages weigh that are not installed; empty when all are."""
    official = {package.pair for package in packages if not package.starter}
    legs = dict.fromkeys((*legs_through_english(staff, family), *legs_through_english(family, staff)))
    wanted = [leg for leg in legs if "-".join(leg) not in official]
    pins = [store.manifest.official(*leg) for leg in wanted]
    sizes = [pin.file.size for pin in pins if pin]
    if len(sizes) < len(wanted):
        return "? Mo"  # the official index knows, and this command asks no network
    return megabytes(sum(sizes)) if wanted else ""


def _described(package: Package) -> str:
    return f"{package.label}, {_kind(package)}"


def _is_installed(pin: FilesPin, packages: Iterable[Package]) -> bool:
    """Whether both directions of pinned Firefox models are."""
    there = {package.pair for package in packages if package.engine is EngineName.FIREFOX}
    return {pin.name, "-".join(reversed(pin.name.split("-")))} <= there


def _kind(package: Package) -> str:
    return _NOT_FOR_FAMILIES if package.starter else _ORIGINS[package.origin]
