"""Accuracy and speed of the shipped pipeline: ``python -m tests.scores.language``."""

from bot.language import pipeline
from tests.shared import shared_folder

GOALS = {"tag": 95, "uas": 88, "las": 84, "lemma": 96.5, "sent": 95, "subject": 87, "complement": 78, "politics": 74, "own": 88}


def main() -> None:
    names = [f"language.{corpus}.{figure}" for corpus in ("ewt", "gum") for figure in ("tag", "pos", "uas", "las", "lemma", "sent")]
    names += [
        "language.speech.subject",
        "language.speech.complement",
        "language.names.politics",
        "language.names.own",
        "language.tokens_per_cpu_second",
    ]
    if shared_folder() is None:
        for name in names:
            print(f"{name}: not measured (the corpora are not beside the checkout)")
        return
    from bot.language.training import scoring

    loaded = pipeline.load()
    for name, value in scoring.accuracy(loaded):
        goal = GOALS.get(name.rpartition(".")[2])
        print(f"{name}: {value:.1f}" + (f" (goal {goal})" if goal else ""), flush=True)
    print(f"language.tokens_per_cpu_second: {scoring.tokens_per_cpu_second(loaded):.0f} (goal 5500; best of 5 passes)")


if __name__ == "__main__":
    main()
