"""All settings of a training run, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run depends on besides the data.

    Attributes:
        minutes: wall-clock budget; the learning rate falls to nothing at its end. Ignored where `steps` is given.
        steps: number of updates, for runs that must be the same on every machine.
        seed: of everything random.
        threads: of torch.
        bfloat16: run the encoder in bfloat16 (1.8 times as fast on processors that have it, no loss seen).
        subwords: most sub-words in a batch, padding included.
        share_names: share of batches that come from the corpora that only mark names.
        mix_names: how those are drawn from the sources.
        silver_weight: of a word of a silver corpus in the loss.
        least_words, most_words: bounds of a training window, in words; some are shorter on purpose.
        rare_script: lemma scripts seen less often are not learned.
        layers, inner: depth of the encoder, and the width inside its feed-forward halves.
        arc_size: width of the two factors of an arc's score.
        label_size: rank of the scores of labels.
        share_renamed: share of windows whose people, places and organisations get names drawn from elsewhere (see `drawn`).
        average: weight that the moving average of the weights keeps at each update; the average is what is shipped.
        weight_taught: of the losses against teachers; those against annotated tags and trees get the rest.
    """

    minutes: float = 170.0
    steps: int | None = None
    seed: int = 0
    threads: int = 2
    bfloat16: bool = True
    subwords: int = 2200
    encoder_rate: float = 2e-4
    head_rate: float = 1.5e-3
    weight_decay: float = 0.01
    warm_up: float = 0.03
    clip: float = 1.0
    word_dropout: float = 0.12
    head_dropout: float = 0.35
    layers: int = 6
    inner: int = 1024
    arc_size: int = 256
    label_size: int = 192
    average: float = 0.999
    share_names: float = 0.5
    mix_names: tuple[tuple[str, float], ...] = (("wikigold", 0.12), ("crossner", 0.06), ("gmb", 0.82))
    silver_weight: float = 0.5
    least_words: int = 50
    most_words: int = 150
    share_short: float = 0.3
    share_cut: float = 0.35
    share_renamed: float = 0.25
    rare_script: int = 3
    checkpoint_minutes: float = 10.0
    weight_tag: float = 0.4
    weight_pos: float = 0.2
    weight_lemma: float = 0.4
    weight_start: float = 0.4
    weight_names: float = 1.0
    weight_arc: float = 1.0
    weight_label: float = 0.6
    weight_taught: float = 0.5


@dataclass(slots=True)
class Progress:
    """Where a run stands: updates, sub-words read, seconds spent (over all resumes)."""

    step: int = 0
    subwords: int = 0
    seconds: float = 0.0

    def share(self, settings: Settings) -> float:
        """Return the part of the budget that is spent."""
        return self.step / settings.steps if settings.steps else self.seconds / 60 / settings.minutes
