"""`python -m kg.language.training`: see `kg.language.training.recipe`."""

import importlib.util
import sys

missing = [name for name in ("torch", "safetensors", "onnx") if importlib.util.find_spec(name) is None]
if missing:
    sys.exit(
        f"kg.language.training: {', '.join(missing)} missing; install the extra: pip install 'kg[train]'"
    )

from kg.language.training.recipe import main  # noqa: E402 (only once its packages are known to be there)

main()
